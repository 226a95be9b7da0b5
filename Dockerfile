# Forecourt for production: compiled, without development tools, as an unprivileged user.
#   docker build -t forecourt .
#   docker run --env-file .env -v "$PWD/forecourt.yaml":/config/forecourt.yaml:ro -v forecourt-data:/data -p 3000:3000 forecourt
# The doctor, in the same image: docker run … forecourt node dist/commands/doctor.js

FROM node:20-bookworm-slim AS build
WORKDIR /app
# Dependencies first: they change less often than the source, and this layer is kept.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY prisma ./prisma
COPY src ./src
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    FORECOURT_CONFIG=/config/forecourt.yaml \
    FORECOURT_DATA=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/dist ./dist
# The embedded database, when there is no DATABASE_URL.
RUN install -d -o node -g node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# Node itself, not npm: npm does not pass the signal on.
CMD ["node", "dist/main.js"]
