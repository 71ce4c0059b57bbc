import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../generated/prisma/client.js';
import { AppConfig } from '../config/app-config.js';
import { requireDatabaseUrl } from './database-url.js';

/** The database client. Only *.repository.ts and platform/database use it. */
@Injectable()
export class PrismaService extends PrismaClient implements OnApplicationShutdown {
  constructor(config: AppConfig) {
    const log = new Logger(PrismaService.name);
    // Without listeners a lost idle connection would end the process.
    const onError = (error: Error): void => log.warn('database connection lost', error);
    const adapter = new PrismaPg(
      {
        connectionString: requireDatabaseUrl(config),
        max: config.databasePool,
        connectionTimeoutMillis: 5_000,
        keepAlive: true,
      },
      { onPoolError: onError, onConnectionError: onError },
    );
    super({ adapter });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
  }
}

/** The client or a transaction of it: what repository methods take so that callers can combine them. */
export type DatabaseClient = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'
>;
