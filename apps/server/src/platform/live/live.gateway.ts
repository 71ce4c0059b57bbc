import type { Server as HttpServer, IncomingHttpHeaders } from 'node:http';
import { AppError, type ClientEvents, type ServerEvents, socketPath } from '@countroom/contracts';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { Authenticator } from '../auth/authenticator.js';
import type { Principal } from '../auth/principal.js';
import { AppConfig } from '../config/app-config.js';
import { NotificationsService } from '../database/notifications.service.js';
import { LiveHub } from './live-hub.js';
import { type LiveSocket, Viewer } from './viewer.js';

const largestMessageBytes = 16_384;
const timePeriodMs = 10_000;

/** The live socket: lets viewers in, and puts them out when their session ends. */
@Injectable()
export class LiveGateway implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(LiveGateway.name);
  private readonly viewers = new Map<string, Viewer>();
  private readonly admitted = new WeakMap<
    LiveSocket,
    { headers: IncomingHttpHeaders; principal: Principal }
  >();
  private server: Server<ClientEvents, ServerEvents> | undefined;
  private redis: Redis[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly http: HttpAdapterHost,
    private readonly authenticator: Authenticator,
    private readonly notifications: NotificationsService,
    private readonly hub: LiveHub,
  ) {}

  onApplicationBootstrap(): void {
    const server = new Server<ClientEvents, ServerEvents>(
      this.http.httpAdapter.getHttpServer() as HttpServer,
      {
        path: socketPath,
        transports: ['websocket'],
        serveClient: false,
        maxHttpBufferSize: largestMessageBytes,
        ...this.redisAdapter(),
      },
    );
    server.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(toRefusal(error)),
      );
    });
    server.on('connection', (socket) => this.welcome(socket));
    this.notifications.subscribe('sessions', (id) => void this.checkAgain(id));
    this.timer = setInterval(() => server.local.emit('server.time', Date.now()), timePeriodMs);
    this.server = server;
  }

  /** Before the HTTP server closes: it waits until every connection has ended, and viewers never leave by themselves. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.server?.local.disconnectSockets(true);
    await this.server?.close();
    for (const client of this.redis) client.disconnect();
  }

  /** Connections now. */
  get connections(): number {
    return this.viewers.size;
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const headers = withToken(socket.handshake.headers, socket.handshake.auth);
    const principal = await this.authenticator.authenticateSocket(headers);
    this.admitted.set(socket, { headers, principal });
  }

  private welcome(socket: LiveSocket): void {
    const admitted = this.admitted.get(socket);
    if (admitted === undefined) {
      socket.disconnect(true);
      return;
    }
    this.viewers.set(socket.id, new Viewer(socket, admitted.headers, admitted.principal, this.hub));
    socket.on('disconnect', () => this.viewers.delete(socket.id));
    socket.emit('server.time', Date.now());
  }

  /** A session, token or person changed (null: perhaps any): whoever it concerns is asked again. */
  private async checkAgain(id: string | null): Promise<void> {
    for (const viewer of [...this.viewers.values()]) {
      const { credentialId, userId } = viewer.principal;
      if (id !== null && id !== credentialId && id !== userId) continue;
      try {
        viewer.renew(await this.authenticator.authenticateSocket(viewer.headers));
      } catch (error) {
        if (error instanceof AppError) viewer.cut(error.message);
        else this.log.warn('a session could not be checked again', error);
      }
    }
  }

  private redisAdapter(): { adapter?: ReturnType<typeof createAdapter> } {
    if (this.config.redisUrl === undefined) return {};
    const publisher = new Redis(this.config.redisUrl, { maxRetriesPerRequest: null });
    const subscriber = publisher.duplicate();
    this.redis = [publisher, subscriber];
    for (const client of this.redis) client.on('error', (error) => this.log.warn('Redis', error));
    return { adapter: createAdapter(publisher, subscriber) };
  }
}

/** Programs send their token with the handshake, as browsers cannot set headers there. */
function withToken(headers: IncomingHttpHeaders, auth: unknown): IncomingHttpHeaders {
  const token = (auth as { token?: unknown } | null)?.token;
  return typeof token === 'string' && token !== ''
    ? { ...headers, authorization: `Bearer ${token}` }
    : headers;
}

function toRefusal(error: unknown): Error {
  return error instanceof AppError ? new Error(error.message) : new Error('The connection was refused.');
}
