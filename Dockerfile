# One image for every role: `docker build -t silkroad:0.1.0 .`
#
# Web files by Node, the package and its locked dependencies by pip (each file checked against its
# hash), then a plain Python with nothing but the result. No compiler, no pip of ours, no root.
# For a build that cannot change under you, put the digests that you trust behind the tags:
#   docker build --build-arg PYTHON=python:3.11-slim-bookworm@sha256:… --build-arg NODE=… .
ARG NODE=node:20-bookworm-slim
ARG PYTHON=python:3.11-slim-bookworm

FROM ${NODE} AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
COPY web ./
RUN ["npm", "run", "build"]

FROM ${PYTHON} AS package
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements/bootstrap.txt requirements/scale.txt requirements/
RUN ["python", "-m", "pip", "install", "--require-hashes", "-r", "requirements/bootstrap.txt"]
RUN ["python", "-m", "pip", "wheel", "--require-hashes", "--no-build-isolation", "-r", "requirements/scale.txt", "--wheel-dir", "/wheels"]
COPY pyproject.toml README.md LICENSE ./
COPY scripts/hatch_build.py scripts/
COPY silkroad silkroad/
COPY --from=web /src/silkroad/web silkroad/web/
RUN ["python", "-m", "hatchling", "build", "--target", "wheel", "--directory", "/wheels"]
RUN ["python", "-m", "venv", "--without-pip", "/opt/silkroad"]
RUN ["python", "-m", "pip", "--python", "/opt/silkroad/bin/python", "install", "--no-index", "--find-links", "/wheels", "silkroad[nats,postgres,s3]"]
RUN ["install", "--directory", "--owner=10001", "--group=10001", "--mode=0700", "/empty"]

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Silkroad" org.opencontainers.image.licenses="Apache-2.0"
COPY --from=package /opt/silkroad /opt/silkroad
COPY --from=package --chown=10001:10001 /empty /data
ENV PATH=/opt/silkroad/bin:/usr/local/bin:/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1
ENV SILKROAD_HOST=0.0.0.0 SILKROAD_PORT=8420 SILKROAD_DATA_DIR=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8420
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8420/healthz', timeout=4)"]
ENTRYPOINT ["silkroad"]
CMD ["serve"]
