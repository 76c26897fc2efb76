# Slim, not root, and content with a read-only root file system:
#   docker build -t wemasy-mock . && docker run --rm --read-only -p 127.0.0.1:8420:8420 wemasy-mock
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY mockserver mockserver
COPY contract contract
COPY fixtures fixtures
# hatchling is in the lock, so that nothing is fetched unchecked here.
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WEMASY_MOCK_HOST=0.0.0.0
USER 65534:65534
EXPOSE 8420
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s CMD ["wemasy-mock", "ready"]
ENTRYPOINT ["wemasy-mock"]
CMD ["serve"]
