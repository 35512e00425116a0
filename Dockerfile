# One image for all roles in one process. The build happens here once: the container starts dist/ directly, not through start.mjs, which would
# look for sources and build tools at every start.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json vite.config.ts gwanje.ts ./
COPY shared shared
COPY simulator simulator
COPY broker broker
COPY commands commands
COPY director director
COPY console console
RUN node node_modules/typescript/bin/tsc -p tsconfig.build.json \
 && node node_modules/vite/bin/vite.js build --logLevel=warn
# The compiler, the bundler and the font are dependencies because a fresh clone builds itself; here they have done their work.
RUN npm uninstall --no-save --omit=dev typescript vite pretendard

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    GWANJE_HOST=0.0.0.0 \
    GWANJE_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/director/library director/library
# A word for `docker exec`: gwanje access, gwanje services, …
RUN printf '#!/bin/sh\nexec node /app/dist/gwanje.js "$@"\n' > /usr/local/bin/gwanje \
 && chmod 755 /usr/local/bin/gwanje \
 && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080 1883
# The history of a first start fills while the room is already open, so health does not wait for it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.GWANJE_HTTP_PORT || 8080}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=64", "/app/dist/gwanje.js"]
CMD ["up"]
