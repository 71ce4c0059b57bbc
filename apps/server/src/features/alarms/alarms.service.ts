import { type Alarm, AppError, type endpoints, type InputOf } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { demandRole } from '../../platform/auth/demand-role.js';
import type { Principal } from '../../platform/auth/principal.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { decodeCursor, encodeCursor, type Page } from '../../platform/http/cursor.js';
import { DetectorLookup } from '../detectors/detector-lookup.js';
import { LogService } from '../log/log.service.js';
import { toAlarm } from './alarms.mapper.js';
import { type AlarmKey, type AlarmRow, AlarmsRepository, type NewAlarm } from './alarms.repository.js';

type Alarms = typeof endpoints.alarms;
/** Active ones first, then the rest; newest first in both. */
const cursorKey = z.strictObject({ active: z.boolean(), id: z.uuid() });

@Injectable()
export class AlarmsService {
  constructor(
    private readonly repository: AlarmsRepository,
    private readonly detectors: DetectorLookup,
    private readonly log: LogService,
  ) {}

  /** Raises an alarm, or counts another occurrence while it is open; returns whether it is new. */
  raise(alarm: NewAlarm): Promise<boolean> {
    return this.repository.raise(alarm);
  }

  /** Clears an alarm when its cause is gone; returns whether it was open. */
  clear(key: AlarmKey): Promise<boolean> {
    return this.repository.clear(key);
  }

  /** Open alarms of some kinds, whoever raised them. */
  openOf(codes: readonly string[]): Promise<AlarmKey[]> {
    return this.repository.openOf(codes);
  }

  async find(id: string): Promise<Alarm | null> {
    const row = await this.repository.find(id);
    return row === null ? null : toAlarm(row);
  }

  async list(query: InputOf<Alarms['list']>['query']): Promise<Page<Alarm>> {
    const { limit, detector, active } = query;
    const from = query.cursor === undefined ? undefined : decodeCursor(cursorKey, query.cursor);
    const parts = active === undefined ? [true, false] : [active];
    const rows: AlarmRow[] = [];
    for (const part of parts) {
      if (from !== undefined && from.active !== part && part) continue;
      const below = from?.active === part ? from.id : undefined;
      const take = limit + 1 - rows.length;
      if (take > 0) rows.push(...(await this.repository.list({ active: part, detector, below, take })));
    }
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      items: shown.map(toAlarm),
      next: more ? encodeCursor({ active: last.clearedAt === null, id: last.id }) : null,
      total: null,
    };
  }

  async acknowledge(principal: Principal, id: string, comment: string): Promise<Alarm> {
    const before = await this.repository.find(id);
    if (before === null) throw new AppError('not-found', `There is no alarm ${id}.`);
    demandRole([before.detector?.name ?? null]);
    noteAudit({ target: `alarm ${before.subject} ${before.code}`, after: { comment } });
    await this.repository.acknowledge({ id }, principal.name, comment === '' ? null : comment);
    if (before.detectorId !== null && comment !== '') {
      const text = `Alarm "${before.message}" acknowledged: ${comment}`;
      await this.log.write({ detectorId: before.detectorId, origin: 'person', author: principal.name, text });
    }
    return toAlarm((await this.repository.find(id)) ?? before);
  }

  async acknowledgeAll(
    principal: Principal,
    detector: string | undefined,
  ): Promise<{ acknowledged: number }> {
    demandRole([detector ?? null]);
    noteAudit({ target: detector === undefined ? 'all alarms' : `alarms of ${detector}` });
    const where = detector === undefined ? {} : { detectorId: await this.detectors.idOf(detector) };
    return { acknowledged: await this.repository.acknowledge(where, principal.name) };
  }
}
