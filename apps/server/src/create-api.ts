import type { LoggerService, NestApplicationOptions } from '@nestjs/common';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { ApiModule } from './api.module.js';
import { productVersion } from './features/system/product-version.js';
import type { AppConfig } from './platform/config/app-config.js';
import type { HttpOptions } from './platform/http/http-options.js';
import { notImplemented } from './platform/http/not-implemented.js';
import { serveDocs } from './platform/http/openapi/serve-docs.js';
import type { Dashboard } from './platform/http/pages/dashboard.js';
import { openRequestContext } from './platform/http/request-context.js';
import { RouteCheck } from './platform/http/route-check.js';
import { checkHost } from './platform/http/security/origin-check.js';
import { securityHeaders } from './platform/http/security/security-headers.js';
import type { Log } from './platform/logging/create-log.js';
import { NestLog } from './platform/logging/nest-log.js';

export interface ApiParts {
  readonly config: AppConfig;
  readonly log: Log;
  readonly options: HttpOptions;
  /** Pages beside the API; none in most tests. */
  readonly dashboard?: Dashboard;
}

class ApiOptions extends NestApplicationContextOptions implements NestApplicationOptions {
  readonly bodyParser = false;
  override readonly abortOnError = false;

  constructor(override readonly logger: LoggerService) {
    super();
  }
}

/** The API application, ready to listen: everything that is around the routes is set up here, in order. */
export async function createApi(parts: ApiParts): Promise<NestExpressApplication> {
  const { config, log, options, dashboard } = parts;
  const module = ApiModule.forRoot(config, log, options);
  // Bodies are read after the caller is known, as the endpoint declares (contract.interceptor.ts).
  const app = await NestFactory.create<NestExpressApplication>(module, new ApiOptions(new NestLog(log)));
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies.length > 0 ? [...config.trustedProxies] : false);
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(openRequestContext);
  for (const middleware of securityHeaders(config.publicUrl?.startsWith('https:') === true))
    app.use(middleware);
  app.use((request: Request, _response: Response, next: NextFunction) => {
    checkHost(config, request.headers);
    next();
  });
  serveDocs(app, productVersion);
  if (dashboard !== undefined)
    app.use((request: Request, response: Response, next: NextFunction) => {
      dashboard.handle(request, response, next);
    });
  await app.init();
  app.get(RouteCheck).refuseFaults(notImplemented);
  return app;
}
