import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { openApiDocument } from './openapi-document.js';

/** The document at /api/openapi.json and a page to read and try it at /api/docs; its files come from the package. */
export function serveDocs(app: NestExpressApplication, version: string): void {
  SwaggerModule.setup('api/docs', app, openApiDocument(version), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Countroom API',
    swaggerOptions: { validatorUrl: null, displayRequestDuration: true, defaultModelsExpandDepth: 0 },
  });
}
