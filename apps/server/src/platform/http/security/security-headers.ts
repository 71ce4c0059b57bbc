import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

const none = "'none'";
const self = "'self'";

const apiPolicy = `default-src ${none}; frame-ancestors ${none}`;
/** Swagger's page has inline styles and pictures in its style sheet; its scripts are files. */
const docsPolicy = [
  `default-src ${none}`,
  `script-src ${self}`,
  `style-src ${self} 'unsafe-inline'`,
  `img-src ${self} data:`,
  `connect-src ${self}`,
  `frame-ancestors ${none}`,
  `base-uri ${none}`,
].join('; ');

/** Pages: scripts by nonce only; kernels run as WebAssembly; the chart and component libraries set style attributes. */
function pagePolicy(nonce: string): string {
  return [
    `default-src ${self}`,
    `script-src ${self} 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`,
    `style-src ${self} 'unsafe-inline'`,
    `img-src ${self} data: blob:`,
    `font-src ${self} data:`,
    `connect-src ${self}`,
    `worker-src ${self} blob:`,
    `object-src ${none}`,
    `base-uri ${none}`,
    `form-action ${self}`,
    `frame-ancestors ${none}`,
  ].join('; ');
}

/** Security headers of every answer, and the content policy by what is asked for. */
export function securityHeaders(
  https: boolean,
): ((request: Request, response: Response, next: NextFunction) => void)[] {
  const basics = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: https ? { maxAge: 15_552_000 } : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
  return [
    (request, response, next) => {
      basics(request, response, next);
    },
    (request, response, next) => {
      response.setHeader('content-security-policy', policyFor(request));
      if (request.path.startsWith('/api/')) response.setHeader('cache-control', 'no-store');
      next();
    },
  ];
}

function policyFor(request: Request): string {
  if (request.path === '/api/docs' || request.path.startsWith('/api/docs/')) return docsPolicy;
  if (request.path.startsWith('/api/')) return apiPolicy;
  const policy = pagePolicy(randomBytes(16).toString('base64'));
  // The page renderer takes the nonce for its own scripts from the request.
  request.headers['content-security-policy'] = policy;
  return policy;
}
