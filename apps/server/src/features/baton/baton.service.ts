import { AppError, type BatonStatus, type endpoints, type InputOf } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { grantsAllow, type Principal } from '../../platform/auth/principal.js';
import type { DatabaseClient } from '../../platform/database/prisma.service.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { DetectorLookup } from '../detectors/detector-lookup.js';
import { LogService } from '../log/log.service.js';
import { toBatonStatus } from './baton.mapper.js';
import { BatonRepository } from './baton.repository.js';
import {
  type BatonRow,
  given,
  heldByOther,
  isFree,
  isHeldBy,
  laidDown,
  notHeld,
  used,
} from './baton.rules.js';

type Detectors = typeof endpoints.detectors;

@Injectable()
export class BatonService {
  constructor(
    private readonly repository: BatonRepository,
    private readonly detectors: DetectorLookup,
    private readonly log: LogService,
  ) {}

  async status(detector: string, askedBy: string | null): Promise<BatonStatus> {
    const detectorId = await this.detectors.idOf(detector);
    const row = await this.repository.find(detectorId);
    return toBatonStatus(row ?? emptyRow(detectorId), askedBy);
  }

  async take(
    principal: Principal,
    detector: string,
    { note, takeOver, reason }: InputOf<Detectors['takeBaton']>['body'],
  ): Promise<BatonStatus> {
    return this.change(principal, detector, async (before, tx) => {
      const now = new Date();
      if (isHeldBy(before, principal.userId, now)) return { ...used(before, now), note };
      if (isFree(before, now)) return given(before, person(principal), note, now);
      if (!takeOver) throw heldByOther(detector, before);
      if (reason.trim() === '') {
        throw new AppError('request.invalid', 'Say why the baton is taken over.', {
          issues: [{ path: 'body.reason', message: 'a reason is needed to take it over' }],
        });
      }
      const text = `${principal.name} took the baton over from ${before.holderName ?? 'somebody'}: ${reason}`;
      await this.log.write(
        { detectorId: before.detectorId, origin: 'system', level: 'warning', author: principal.name, text },
        tx,
      );
      return given(before, person(principal), note, now);
    });
  }

  async handOver(
    principal: Principal,
    detector: string,
    { to, note }: InputOf<Detectors['handBaton']>['body'],
  ): Promise<BatonStatus> {
    const next = await this.repository.person(to);
    if (next === null) throw new AppError('not-found', `There is no user ${to} who can log in.`);
    if (!grantsAllow(next.grants, 'shifter', detector)) {
      throw new AppError(
        'input.invalid',
        `${to} may not steer ${detector}: the role shifter is needed for it.`,
      );
    }
    return this.change(principal, detector, async (before, tx) => {
      this.mustHold(before, principal, detector);
      const text = `${principal.name} handed the baton to ${next.name}`;
      await this.log.write(
        { detectorId: before.detectorId, origin: 'system', author: principal.name, text },
        tx,
      );
      return given(before, next, note, new Date());
    });
  }

  async release(principal: Principal, detector: string): Promise<BatonStatus> {
    return this.change(principal, detector, (before) => {
      this.mustHold(before, principal, detector);
      return Promise.resolve(laidDown(before));
    });
  }

  /**
   * For commands, within their transaction: checks that the person steers and answers with the token that acquisition
   * checks later. Using the baton keeps it; a free one is taken only when `takeFree` is set.
   */
  async use(
    tx: DatabaseClient,
    principal: Principal,
    detector: { readonly id: string; readonly name: string },
    takeFree: boolean,
  ): Promise<bigint> {
    const row = await this.repository.changeIn(tx, detector.id, (before) => {
      const now = new Date();
      if (isHeldBy(before, principal.userId, now)) return Promise.resolve(used(before, now));
      if (!isFree(before, now)) throw heldByOther(detector.name, before);
      if (!takeFree) throw notHeld(detector.name);
      return Promise.resolve(given(before, person(principal), '', now));
    });
    return row.token;
  }

  private async change(
    principal: Principal,
    detector: string,
    decide: Parameters<BatonRepository['change']>[1],
  ): Promise<BatonStatus> {
    const detectorId = await this.detectors.idOf(detector);
    const after = await this.repository.change(detectorId, async (before, tx) => {
      noteAudit({ target: `baton of ${detector}`, before: toBatonStatus(before, null) });
      return decide(before, tx);
    });
    noteAudit({ after: toBatonStatus(after, null) });
    return toBatonStatus(after, principal.userId);
  }

  private mustHold(baton: BatonRow, principal: Principal, detector: string): void {
    const now = new Date();
    if (isHeldBy(baton, principal.userId, now)) return;
    throw isFree(baton, now) ? notHeld(detector) : heldByOther(detector, baton);
  }
}

function person({ userId, name }: Principal): { readonly id: string; readonly name: string } {
  return { id: userId, name };
}

function emptyRow(detectorId: string): BatonRow {
  return { detectorId, holderId: null, holderName: null, note: '', token: 0n, since: null, expiresAt: null };
}
