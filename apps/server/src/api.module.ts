import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from './features/audit/audit.module.js';
import { AuthModule } from './features/auth/auth.module.js';
import { TokensModule } from './features/tokens/tokens.module.js';
import { UsersModule } from './features/users/users.module.js';
import { AccessModule } from './platform/auth/access.module.js';
import type { AppConfig } from './platform/config/app-config.js';
import { ConfigModule } from './platform/config/config.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { HttpModule } from './platform/http/http.module.js';
import type { HttpOptions } from './platform/http/http-options.js';

const features = [AuthModule, UsersModule, TokensModule, AuditModule];

/** Everything that answers over HTTP and the live socket. */
@Module({})
export class ApiModule {
  static forRoot(config: AppConfig, options: HttpOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule,
        HttpModule.forRoot(options),
        AccessModule,
        ...features,
      ],
    };
  }
}
