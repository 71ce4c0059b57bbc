import {
  AppError,
  type CommandInfo,
  canonicalJson,
  type DetectorStatus,
  type endpoints,
  type InputOf,
  type JsonValue,
} from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/principal.js';
import type { DatabaseClient } from '../../platform/database/prisma.service.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { BatonService } from '../baton/baton.service.js';
import { DetectorLookup } from '../detectors/detector-lookup.js';
import { toCommandInfo } from './commands.mapper.js';
import { type GoalRow, IntentsRepository, type KnownIntent } from './intents.repository.js';
import { StatusService } from './status.service.js';

type Detectors = typeof endpoints.detectors;
type CommandBody = InputOf<Detectors['command']>['body'];
type SourceCommandBody = InputOf<Detectors['sourceCommand']>['body'];

interface Order {
  readonly detector: { readonly id: string; readonly name: string };
  readonly idempotencyKey: string;
  readonly command: string;
  readonly payload: unknown;
  readonly takeFreeBaton: boolean;
  readonly acknowledgement: string;
  /** Sets the goal; answers with its version. */
  readonly goal: (tx: DatabaseClient, before: GoalRow) => Promise<number>;
}

/** Accepts commands. What becomes of them is acquisition's business: nothing here touches a device or waits for one. */
@Injectable()
export class RunControlService {
  constructor(
    private readonly intents: IntentsRepository,
    private readonly statuses: StatusService,
    private readonly baton: BatonService,
    private readonly detectors: DetectorLookup,
  ) {}

  async command(principal: Principal, detector: string, body: CommandBody): Promise<CommandInfo> {
    const { command, idempotencyKey, expectedVersion, run, reason } = body;
    const id = await this.detectors.idOf(detector);
    // Looked at before the transaction; acquisition, which knows best, decides again.
    const status = await this.statuses.status(detector, null);
    return this.accept(principal, {
      detector: { id, name: detector },
      idempotencyKey,
      command,
      payload: { ...(run === undefined ? {} : { run }), reason },
      takeFreeBaton: command === 'start',
      acknowledgement: `${command} accepted for ${detector}`,
      goal: async (tx, before) => {
        if (expectedVersion !== undefined && expectedVersion !== before.version) {
          throw new AppError(
            'conflict.version',
            `Somebody has asked something else of ${detector} meanwhile; look again.`,
          );
        }
        mustBeAllowed(status, command);
        return this.intents.setGoal(tx, id, before, { command, by: principal.name });
      },
    });
  }

  async sourceCommand(
    principal: Principal,
    { detector, source }: InputOf<Detectors['sourceCommand']>['params'],
    { name, params, idempotencyKey }: SourceCommandBody,
  ): Promise<CommandInfo> {
    const id = await this.detectors.idOf(detector);
    const status = await this.statuses.status(detector, null);
    return this.accept(principal, {
      detector: { id, name: detector },
      idempotencyKey,
      command: 'source-command',
      payload: { source, name, params },
      takeFreeBaton: false,
      acknowledgement: `${name} accepted for ${source} of ${detector}`,
      goal: (_tx, before) => {
        mustHaveSource(status, source);
        return Promise.resolve(before.version);
      },
    });
  }

  async get(detector: string, id: string): Promise<CommandInfo> {
    const row = await this.intents.find(await this.detectors.idOf(detector), id);
    if (row === null)
      throw new AppError('not-found', `Detector ${detector} was never given the command ${id}.`);
    return toCommandInfo(row);
  }

  private async accept(principal: Principal, order: Order): Promise<CommandInfo> {
    const { detector, idempotencyKey, command, payload } = order;
    noteAudit({ target: `detector ${detector.name}`, after: { command, ...(payload as object) } });
    const id = await this.intents.transaction(async (tx) => {
      // Under this lock, so that the same command sent twice at once meets itself.
      const before = await this.intents.lockGoal(tx, detector.id);
      const known = await this.intents.findByKey(tx, detector.id, idempotencyKey);
      if (known !== null) return sameOrder(known, principal, order);
      const batonToken = await this.baton.use(tx, principal, detector, order.takeFreeBaton);
      const goalVersion = await order.goal(tx, before);
      return this.intents.add(
        tx,
        {
          detectorId: detector.id,
          idempotencyKey,
          command,
          payload,
          goalVersion,
          batonToken,
          by: principal.name,
          userId: principal.userId,
        },
        order.acknowledgement,
      );
    });
    return this.get(detector.name, id);
  }
}

function mustBeAllowed(status: DetectorStatus, command: CommandBody['command']): void {
  const decision = status.commands.find((one) => one.command === command);
  if (decision?.allowed === true) return;
  const unreachable = status.health === 'unreachable' && command !== 'end' && command !== 'abort';
  throw new AppError(unreachable ? 'acquisition.unreachable' : 'conflict.state', decision?.reason ?? '');
}

function mustHaveSource(status: DetectorStatus, source: string): void {
  if (status.health === 'unreachable') throw new AppError('acquisition.unreachable', status.message);
  if (status.sources.some((one) => one.name === source)) return;
  const known = status.sources.map((one) => one.name).join(', ');
  throw new AppError(
    'not-found',
    `Detector ${status.detector} has no source ${source}; it has ${known || 'none open'}.`,
  );
}

/** Id of the command that the same order led to before. */
function sameOrder(known: KnownIntent, principal: Principal, order: Order): string {
  const same =
    known.command === order.command &&
    known.by === principal.name &&
    canonicalJson(known.payload as JsonValue) === canonicalJson(order.payload as JsonValue);
  if (same) return known.id;
  throw new AppError(
    'conflict.exists',
    `The idempotency key was used for another command (${known.command} by ${known.by}); use a new one.`,
  );
}
