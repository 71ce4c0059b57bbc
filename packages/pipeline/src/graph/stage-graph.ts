import { StageError } from '../stage/stage-errors.js';
import { portsOf } from '../stage/stage-ports.js';
import type { Stage } from '../stage/table-stage.js';

/** A stage to run and how. */
export interface StageRequest {
  readonly stage: Stage;
  /** Options as the stage's schema gives them. */
  readonly config: unknown;
  /** Ports whose data sets were chosen by hand: nothing has to make them. */
  readonly chosen?: ReadonlySet<string>;
  /** Data kinds that are made before it when another request makes them, though it does not read them. */
  readonly after?: ReadonlySet<string>;
}

/**
 * The requests in an order in which each comes after those that make its inputs. What no request makes must be among
 * `available` data kinds.
 * Throws a StageError for a data kind made twice, an input that nothing makes, or a circle.
 */
export function orderStages(
  requests: readonly StageRequest[],
  available: ReadonlySet<string>,
): StageRequest[] {
  const makers = new Map<string, StageRequest>();
  for (const request of requests) {
    const other = makers.get(request.stage.provides);
    if (other !== undefined) {
      throw new StageError(
        request.stage.name,
        `would make ${request.stage.provides}, which ${other.stage.name} makes already; leave one of them out`,
      );
    }
    makers.set(request.stage.provides, request);
  }
  const ordered: StageRequest[] = [];
  const state = new Map<StageRequest, 'open' | 'done'>();
  const visit = (request: StageRequest, path: readonly string[]): void => {
    const { stage } = request;
    if (state.get(request) === 'done') return;
    if (state.get(request) === 'open') {
      throw new StageError(stage.name, `depends on itself: ${[...path, stage.name].join(' -> ')}`);
    }
    state.set(request, 'open');
    for (const port of portsOf(stage, request.config)) {
      if (request.chosen?.has(port) === true) continue;
      const maker = makers.get(port);
      if (maker !== undefined) visit(maker, [...path, stage.name]);
      else if (!available.has(port)) {
        const known = [...available].join(', ') || 'nothing yet';
        throw new StageError(
          stage.name,
          `needs ${port}, which no requested stage makes; stored for this run: ${known}`,
        );
      }
    }
    for (const kind of request.after ?? []) {
      const maker = makers.get(kind);
      if (maker !== undefined) visit(maker, [...path, stage.name]);
    }
    state.set(request, 'done');
    ordered.push(request);
  };
  for (const request of requests) visit(request, []);
  return ordered;
}
