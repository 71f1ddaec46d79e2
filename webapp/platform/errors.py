"""What can go wrong, as few narrow kinds that the web, the jobs and the commands all know."""

from collections.abc import Mapping
from typing import Any


class AppError(Exception):
    """Something the user can be told in words; ``message`` is Chinese and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(AppError):
    """The thing does not exist, or not for this reader: the two are never told apart."""

    def __init__(
        self, message: str = "没有找到这条内容，可能已被移走，或不在您的权限范围内。"
    ) -> None:
        super().__init__(message)


class Forbidden(AppError):
    """The reader is known, but may not do this."""

    def __init__(
        self, message: str = "您的账号没有这项操作的权限，请联系本单位安全管理人员。"
    ) -> None:
        super().__init__(message)


class Invalid(AppError):
    """A field holds something that cannot be accepted; ``fields`` maps field names to messages."""

    def __init__(self, field: str, message: str, **others: str) -> None:
        super().__init__(message)
        self.fields: Mapping[str, str] = {field: message, **others}


class Conflict(AppError):
    """Someone else changed it in between; ``changes`` are what the second writer must be shown."""

    def __init__(self, message: str, changes: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.changes: Mapping[str, Any] = changes or {}


class RuleBroken(AppError):
    """A rule of the trade or of the law forbids it in the present state."""


class Unavailable(AppError):
    """A part of the installation is down; what was typed is kept and can be sent again."""

    def __init__(self, message: str = "服务暂时不可用，您填写的内容还在本页，请稍后重试。") -> None:
        super().__init__(message)
