import { AppError, type Correspondence, type EventHits, type TreeNode } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { DatasetsService } from '../datasets/datasets.service.js';
import { isOfEvents, mapOf, sameRows } from './ancestry.js';
import { CorrespondenceRepository } from './correspondence.repository.js';
import { partnerPath } from './partner-path.js';

/** Which rows of one data set belong to which of another, after the jobs that made them. */
@Injectable()
export class CorrespondenceService {
  constructor(
    private readonly repository: CorrespondenceRepository,
    private readonly datasets: DatasetsService,
  ) {}

  async of(id: string): Promise<Correspondence> {
    await this.datasets.get(id);
    const ancestry = await this.repository.ancestryOf(id);
    const rows = ancestry.get(id)!;
    const events = [...ancestry.values()].filter((one) => isOfEvents(one) && !one.isDeleted);
    return {
      sameRows: [...sameRows(ancestry, id)],
      events: events.map((one) => {
        const found = mapOf(ancestry, one, rows);
        return { dataset: one.id, missing: 'missing' in found ? found.missing : null };
      }),
    };
  }

  async hits(id: string, ask: { dataset: string; events: readonly number[] }): Promise<EventHits> {
    const of = await this.datasets.get(id);
    const target = await this.datasets.get(ask.dataset);
    const ancestry = await this.repository.ancestryOf(id);
    const [events, rows] = [ancestry.get(id)!, ancestry.get(ask.dataset)];
    if (rows === undefined)
      throw new AppError('input.unsupported', `${target.path} and ${of.path} are of different runs.`);
    if (!isOfEvents(events))
      throw new AppError(
        'input.unsupported',
        `${of.path} holds ${of.dataKind}, not events: choose a data set of kind evt or tcm.`,
      );
    const found = mapOf(ancestry, events, rows);
    if ('missing' in found) throw new AppError('input.unsupported', found.missing);
    const [mapped, root] = await Promise.all([
      this.datasets.read(found.dataset.id, 'hits', { map: found.map, events: ask.events }),
      this.datasets.read(ask.dataset, 'tree', {}),
    ]);
    const paths = outerTables(root).map(({ path }) => path);
    const named = [...new Set(mapped.hits.map(({ table }) => table))];
    const partners = new Map(named.map((table) => [table, partnerPath(paths, table)]));
    return {
      map: mapped.path,
      events: mapped.events,
      hits: mapped.hits.flatMap(({ event, table, row }) => {
        const partner = partners.get(table);
        return partner === undefined ? [] : [{ event, table: partner, row }];
      }),
      total: mapped.total,
      absent: named.filter((table) => partners.get(table) === undefined),
    };
  }
}

/** Tables of a file that stand in no other table. */
function outerTables(node: TreeNode): readonly TreeNode[] {
  return node.kind === 'table' ? [node] : (node.children ?? []).flatMap(outerTables);
}
