import { AppError, type BenchInfo, benchContent, type endpoints, type InputOf } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { isAllowed, type Principal } from '../../platform/auth/principal.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { DetectorLookup } from '../detectors/detector-lookup.js';
import { BenchesRepository, type BenchRow, nobody } from './benches.repository.js';

type Wanted = InputOf<typeof endpoints.benches.save>['body'];

/** Of one person, and shared, for one detector: more than anybody can choose from. */
const mostBenches = 100;

@Injectable()
export class BenchesService {
  constructor(
    private readonly repository: BenchesRepository,
    private readonly detectors: DetectorLookup,
  ) {}

  async list(detector: string, principal: Principal): Promise<BenchInfo[]> {
    const rows = await this.repository.list(await this.detectors.idOf(detector), principal.name);
    return rows.map((row) => toBench(row, detector));
  }

  async save(detector: string, wanted: Wanted, principal: Principal): Promise<BenchInfo> {
    const { name, shared, content } = wanted;
    noteAudit({ target: `bench ${name} of ${detector}`, after: { shared, panels: content.panels.length } });
    if (shared) demandShifter(principal, detector);
    const owner = shared ? nobody : principal.name;
    const detectorId = await this.detectors.idOf(detector);
    const key = { detectorId, owner, name };
    if (
      !(await this.repository.isThere(key)) &&
      (await this.repository.count(detectorId, owner)) >= mostBenches
    )
      throw new AppError(
        'conflict.state',
        `There are ${mostBenches} benches already; remove one that nobody needs.`,
      );
    return toBench(await this.repository.save(key, content, principal.name), detector);
  }

  async remove(detector: string, id: string, principal: Principal): Promise<undefined> {
    const row = await this.repository.find(await this.detectors.idOf(detector), id);
    if (row === null || (row.owner !== nobody && row.owner !== principal.name))
      throw new AppError('not-found', `There is no bench ${id} of ${detector} that you can remove.`);
    if (row.owner === nobody) demandShifter(principal, detector);
    noteAudit({ target: `bench ${row.name} of ${detector}`, before: { content: row.content }, after: null });
    await this.repository.remove(id);
    return undefined;
  }
}

function demandShifter(principal: Principal, detector: string): void {
  if (isAllowed(principal, 'shifter', detector)) return;
  throw new AppError(
    'auth.forbidden',
    `Shared benches of ${detector} are kept by shifters. Save it as a bench of your own, or ask an administrator for the role.`,
  );
}

function toBench({ id, name, owner, content, by, updatedAt }: BenchRow, detector: string): BenchInfo {
  return {
    id,
    detector,
    name,
    shared: owner === nobody,
    by,
    updatedAt: updatedAt.toISOString(),
    content: benchContent.parse(content),
  };
}
