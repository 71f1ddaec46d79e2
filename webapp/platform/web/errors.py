"""Errors as pages, fragments or JSON, each with words, a way on and the request's id."""

from http import HTTPStatus

import structlog
from flask import Flask, Response, current_app, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from webapp.platform.errors import (
    AppError,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    RuleBroken,
    Unavailable,
)
from webapp.platform.web.limits import swallow_rest
from webapp.platform.web.logging import request_id

log = structlog.get_logger()

STATUS: dict[type[AppError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Forbidden: HTTPStatus.FORBIDDEN,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Conflict: HTTPStatus.CONFLICT,
    RuleBroken: HTTPStatus.CONFLICT,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

EXPIRED = 419
"""No status of HTTP: the page that tells of a form too old to be taken, answered as 403."""
PAGES = {403, 404, 405, 409, 413, EXPIRED, 429, 500, 503}
WORDS = {
    400: "提交的内容不完整或格式不对。",
    401: "请先登录。",
    403: "您的账号不能做这件事。",
    404: "没有找到要的内容，地址可能输错了，或者记录已并入别处。",
    405: "这个地址不支持这种操作。",
    409: "内容刚被其他人修改，请刷新后再试。",
    413: "上传的内容太大。",
    415: "不支持这种格式的内容。",
    429: "操作太频繁，请稍后再试。",
    500: "系统出了问题，已记录，请稍后再试。",
    503: "系统暂时不可用，请稍后再试。",
}
"""What a script's user is told where nothing more is known; a browser gets a page instead."""


def wants_json() -> bool:
    """Whether the caller is a script that reads JSON."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and "text/html" not in str(request.accept_mimetypes)


def answer(
    status: int, message: str, fields: dict[str, str] | None = None, *, page: int | None = None
) -> Response:
    """The error in the form the caller reads; ``page`` is another page than the status's own."""
    if wants_json():
        words = message or WORDS.get(status, WORDS[500])
        body = {"message": words, "fields": fields or {}, "request_id": request_id()}
        return make_response(jsonify(error=body), status)
    page = page or (
        status if status in PAGES else (409 if status == HTTPStatus.UNPROCESSABLE_ENTITY else 500)
    )
    html = current_app.extensions["error_page"](page, message=message, request_id=request_id())
    return make_response(html, status)


def init_app(app: Flask) -> None:
    """Turn every error into an answer."""
    app.register_error_handler(AppError, _told)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(OperationalError, _database_gone)
    app.register_error_handler(PoolTimeout, _database_gone)
    app.register_error_handler(Exception, _broke)


def _told(error: AppError) -> ResponseReturnValue:
    fields = dict(error.fields) if isinstance(error, Invalid) else None
    return answer(STATUS[type(error)], error.message, fields)


def _forged(_error: CSRFError) -> ResponseReturnValue:
    message = "页面打开太久，或已在别处退出登录，这次没有提交。请刷新页面后重新提交。"
    return answer(HTTPStatus.FORBIDDEN, message, page=EXPIRED)


def _refused(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        swallow_rest()
    response = answer(error.code, "")
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _database_gone(error: Exception) -> ResponseReturnValue:
    log.warning("database_unavailable", reason=type(error).__name__)
    return answer(HTTPStatus.SERVICE_UNAVAILABLE, Unavailable().message)


def _broke(_error: Exception) -> ResponseReturnValue:
    log.exception("request_broke")
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, "")
