# The backend, the console's web server, and what develops and tests both. Build one with --target.

# --- The console ------------------------------------------------------------------------------------------------------
FROM node:24-slim AS console
WORKDIR /build/console
COPY console/package.json console/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY console ./
RUN npm run build -- --outDir /console --logLevel warn

# --- What the backend needs, and the wheel of it with the console in it -----------------------------------------------
FROM python:3.13-slim-bookworm AS packages
WORKDIR /build
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
COPY requirements-uv.lock requirements-backend.lock ./
RUN --mount=type=cache,target=/root/.cache \
    python -m venv uv && uv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock \
    && python -m venv --without-pip /opt/remuner \
    && uv/bin/uv pip sync -q --require-hashes --python /opt/remuner/bin/python requirements-backend.lock
COPY pyproject.toml README.md requirements-dev.lock ./
COPY src src
COPY --from=console /console src/remuner/console
RUN --mount=type=cache,target=/root/.cache \
    uv/bin/uv build -q --wheel --build-constraints requirements-dev.lock --require-hashes --out-dir wheel \
    && uv/bin/uv pip install -q --no-deps --python /opt/remuner/bin/python wheel/*.whl

# --- The backend ------------------------------------------------------------------------------------------------------
FROM python:3.13-slim-bookworm AS backend
RUN apt-get -qq update && apt-get -qq install -y --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* && useradd --system --uid 10001 --no-create-home remuner \
    && install -d -o remuner /run/remuner /run/secrets/remuner/service /run/secrets/remuner/database
COPY --from=packages /opt/remuner /opt/remuner
COPY --chmod=755 deploy/make-secrets /usr/local/bin/make-secrets
ENV PATH=/opt/remuner/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 REMUNER_DATA_DIR=/run/remuner
USER remuner
WORKDIR /run/remuner
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["tini", "--"]
CMD ["remuner", "serve", "--host", "0.0.0.0"]

# --- The console's web server -----------------------------------------------------------------------------------------
FROM nginxinc/nginx-unprivileged:1.29 AS frontend
COPY --chmod=644 deploy/*.conf /etc/nginx/
COPY --from=console /console /srv
USER 101
EXPOSE 8000 8080

# --- What tests and formats, on a copy of the mounted sources ----------------------------------------------------------
FROM python:3.13-slim-bookworm AS development
RUN apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium curl libatomic1 make procps rsync tini util-linux \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
COPY --chmod=755 deploy/on-a-copy /usr/local/bin/on-a-copy
WORKDIR /app
