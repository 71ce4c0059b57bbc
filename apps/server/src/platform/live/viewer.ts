import type { IncomingHttpHeaders } from 'node:http';
import {
  AppError,
  type ClientEvents,
  type ServerEvents,
  type SubscribeReply,
  subscribeRequest,
} from '@countroom/contracts';
import type { Socket } from 'socket.io';
import { grantsInForce, isAllowed, type Principal } from '../auth/principal.js';
import type { LiveHub, OpenSubscription } from './live-hub.js';

export type LiveSocket = Socket<ClientEvents, ServerEvents>;

const mostSubscriptions = 64;

/** One connected page or program: who it is and what it looks at. */
export class Viewer {
  private readonly subscriptions = new Map<string, OpenSubscription & { readonly detector: string | null }>();
  private expiry: NodeJS.Timeout | undefined;

  constructor(
    readonly socket: LiveSocket,
    readonly headers: IncomingHttpHeaders,
    public principal: Principal,
    private readonly hub: LiveHub,
  ) {
    socket.on('subscribe', (request, reply) => {
      const answer = this.subscribe(request);
      if (typeof reply === 'function') reply(answer);
    });
    socket.on('unsubscribe', (key) => this.unsubscribe(key));
    socket.on('disconnect', () => this.leave());
    this.watchExpiry();
  }

  /** Takes over changed rights; what may not be seen any more ends. */
  renew(principal: Principal): void {
    this.principal = principal;
    this.watchExpiry();
    for (const [key, { detector }] of this.subscriptions) {
      if (!this.maySee(detector)) this.unsubscribe(key);
    }
  }

  /** Says why and closes the connection. */
  cut(reason: string): void {
    this.socket.emit('session.ended', reason);
    this.leave();
    this.socket.disconnect(true);
  }

  private subscribe(given: unknown): SubscribeReply {
    const parsed = subscribeRequest.safeParse(given);
    if (!parsed.success)
      return refused(new AppError('request.invalid', 'This is no subscription to a known topic.'));
    const { topic, params, after } = parsed.data;
    const detector = params['detector'] ?? null;
    try {
      if (!this.maySee(detector)) {
        throw new AppError(
          'auth.forbidden',
          `You may not look at ${detector ?? 'this'}; ask an administrator for the role viewer.`,
        );
      }
      if (this.subscriptions.size >= mostSubscriptions) {
        throw new AppError(
          'request.invalid',
          `One connection may hold ${mostSubscriptions} subscriptions; end some first.`,
        );
      }
      const opened = this.hub.subscribe({
        topic,
        params,
        after,
        send: (frame, payload, acknowledged) => this.socket.emit('frame', frame, payload, acknowledged),
        mayReceive: (header) => this.maySee(detectorOf(header)),
      });
      this.unsubscribe(opened.key);
      this.subscriptions.set(opened.key, { ...opened, detector });
      return { ok: true, key: opened.key, periodMs: opened.periodMs };
    } catch (error) {
      return refused(error);
    }
  }

  private unsubscribe(key: unknown): void {
    if (typeof key !== 'string') return;
    this.subscriptions.get(key)?.close();
    this.subscriptions.delete(key);
  }

  private leave(): void {
    clearTimeout(this.expiry);
    for (const key of [...this.subscriptions.keys()]) this.unsubscribe(key);
  }

  /** What belongs to no detector is for everybody who may see anything. */
  private maySee(detector: string | null): boolean {
    return detector === null
      ? grantsInForce(this.principal).length > 0
      : isAllowed(this.principal, 'viewer', detector);
  }

  private watchExpiry(): void {
    clearTimeout(this.expiry);
    const { expiresAt } = this.principal;
    if (expiresAt === null) return;
    // Timers take 24 days at most; a session that lives longer is looked at again then.
    const leftMs = Math.min(expiresAt.getTime() - Date.now(), 2 ** 31 - 1);
    this.expiry = setTimeout(() => {
      if (expiresAt.getTime() <= Date.now()) this.cut('The session has run out; log in again.');
      else this.watchExpiry();
    }, leftMs);
  }
}

function detectorOf(header: unknown): string | null {
  const detector = (header as { detector?: unknown } | null)?.detector;
  return typeof detector === 'string' ? detector : null;
}

function refused(error: unknown): SubscribeReply {
  if (error instanceof AppError) return { ok: false, code: error.code, message: error.message };
  return { ok: false, code: 'internal', message: 'The subscription failed; the log of the server says why.' };
}
