import type { NotificationChannel } from '@countroom/contracts';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { requireDatabaseUrl } from './database-url.js';
import { type NotificationHandler, NotificationListener } from './notification-listener.js';
import { type DatabaseClient, PrismaService } from './prisma.service.js';

/** Wakes other processes through the database. Payloads are ids; the tables hold the truth. */
@Injectable()
export class NotificationsService implements OnApplicationShutdown {
  private readonly log = new Logger(NotificationsService.name);
  private readonly listener: NotificationListener;

  constructor(
    config: AppConfig,
    private readonly prisma: PrismaService,
  ) {
    this.listener = new NotificationListener({
      databaseUrl: requireDatabaseUrl(config),
      onError: (error) => this.log.warn('notification connection', error),
    });
  }

  subscribe(channel: NotificationChannel, handler: NotificationHandler): () => void {
    return this.listener.subscribe(channel, handler);
  }

  /** Within a transaction (pass it) the notification goes out when that commits, and never otherwise. */
  async notify(
    channel: NotificationChannel,
    payload: string,
    client: DatabaseClient = this.prisma,
  ): Promise<void> {
    await client.$executeRaw`SELECT pg_notify(${channel}, ${payload})`;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener.close();
  }
}
