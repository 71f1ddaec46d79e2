"""The look: layouts, components, styles and scripts. It has no subject."""
