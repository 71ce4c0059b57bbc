import { Global, Module } from '@nestjs/common';
import { LeaseRepository } from './lease.repository.js';
import { NotificationsService } from './notifications.service.js';
import { PrismaService } from './prisma.service.js';

@Global()
@Module({
  providers: [PrismaService, NotificationsService, LeaseRepository],
  exports: [PrismaService, NotificationsService, LeaseRepository],
})
export class DatabaseModule {}
