import { type Endpoint, endpointList } from '@countroom/contracts';
import { Injectable, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { endpointKey, undeclaredKey } from './route.decorator.js';

export interface FoundRoute {
  /** `Controller.method`. */
  readonly handler: string;
  readonly endpoint: Endpoint | undefined;
  readonly undeclaredReason: string | undefined;
}

/** What is wrong with a set of routes: handlers without a declaration, and declarations without one handler. */
export function routeFaults(
  routes: readonly FoundRoute[],
  declared: readonly Endpoint[],
  notYet: readonly string[],
): string[] {
  const faults = routes
    .filter((route) => route.endpoint === undefined && route.undeclaredReason === undefined)
    .map((route) => `${route.handler} has no declared endpoint; route it with @Route(endpoints…)`);
  for (const { id } of declared) {
    const handlers = routes.filter((route) => route.endpoint?.id === id).map((route) => route.handler);
    if (handlers.length > 1) faults.push(`${id} has several handlers: ${handlers.join(', ')}`);
    if (handlers.length === 0 && !notYet.includes(id)) faults.push(`${id} has no handler`);
    if (handlers.length === 1 && notYet.includes(id))
      faults.push(`${id} is handled by ${handlers.join()}; take it off the list of missing ones`);
  }
  const ids = new Set(declared.map((endpoint) => endpoint.id));
  for (const id of notYet) if (!ids.has(id)) faults.push(`${id} is listed as missing but is not declared`);
  return faults;
}

/** Looks at every controller of the application. */
@Injectable()
export class RouteCheck {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  routes(): FoundRoute[] {
    return this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (metatype === null || typeof instance !== 'object' || instance === null) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const method = prototype[name];
        return typeof method === 'function' && isRoute(method)
          ? [this.describe(`${metatype.name}.${name}`, method)]
          : [];
      });
    });
  }

  /** Throws with every fault, so that the process does not start with an open or a missing door. */
  refuseFaults(notYet: readonly string[]): void {
    const faults = routeFaults(this.routes(), endpointList, notYet);
    if (faults.length > 0) throw new Error(`The routes are not as declared:\n  ${faults.join('\n  ')}`);
  }

  private describe(handler: string, method: object): FoundRoute {
    return {
      handler,
      endpoint: this.reflector.get<Endpoint | undefined>(endpointKey, method as never),
      undeclaredReason: this.reflector.get<string | undefined>(undeclaredKey, method as never),
    };
  }
}

function isRoute(method: object): boolean {
  const path: unknown = Reflect.getMetadata(PATH_METADATA, method);
  const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined;
  return path !== undefined && verb !== undefined;
}
