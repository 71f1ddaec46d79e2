.DEFAULT_GOAL := help
PYTHON := .venv/bin/python

.PHONY: help run test check format bench assets

help: ## 列出各命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## 安装、启动数据库、写入演示数据，在 http://127.0.0.1:8000 提供服务
	@bash scripts/setup.sh run
	@exec $(PYTHON) scripts/serve.py

test: ## 安装测试所需的一切并运行全部测试
	@bash scripts/setup.sh test
	@$(PYTHON) -m pytest -n auto

check: ## 格式、规范、类型、导入层次、模板
	@bash scripts/setup.sh check
	@bash scripts/check.sh

format: ## 按规范重排代码
	@bash scripts/setup.sh check
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

bench: ## 在本机测量，打印各比值
	@bash scripts/setup.sh test
	@$(PYTHON) -m bench

assets: ## 从 npm 包重新生成前端资源
	@bash scripts/assets/build.sh
