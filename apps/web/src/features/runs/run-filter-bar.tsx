'use client';

import { endpoints, quality, runOutcome } from '@countroom/contracts';
import { Button, Collapse, MultiSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import { useApi } from '../../lib/api/use-api';
import { without } from '../../lib/form/without';
import { FilterText } from '../../lib/ui/filter-text';
import { Fields } from '../../lib/ui/layout';
import { filterCount, noFilters, type RunFilters } from './run-filters';
import { outcomeWord, qualityWord } from './run-words';
import classes from './runs.module.css';

const outcomeChoices = runOutcome.options.map((value) => ({
  value,
  label: outcomeWord({ outcome: value, startedAt: null, endedAt: null }).word,
}));
const qualities = quality.options.map((value) => ({ value, label: qualityWord(value).word }));

/** What narrows the list of runs; the server does the filtering. */
export function RunFilterBar({
  filters,
  onChange,
}: {
  readonly filters: RunFilters;
  readonly onChange: (changes: Partial<RunFilters>) => void;
}): ReactNode {
  const rare = [filters.mode, filters.by, filters.after, filters.before].some((text) => text !== '');
  const [more, { toggle }] = useDisclosure(rare || filters.number !== null || filters.running);
  const moreId = useId();
  const detectors = useApi(endpoints.detectors.list, {});
  const tags = useApi(endpoints.runs.tags, {});
  const count = filterCount(filters);
  return (
    <search aria-label="Filter runs" className={classes['filters']}>
      <Fields>
        <FilterText
          label="Words"
          placeholder="In comment, tags, reason"
          value={filters.text}
          maxLength={200}
          onChange={(text) => onChange({ text })}
        />
        <MultiSelect
          label="Detector"
          placeholder={filters.detector.length === 0 ? 'Any' : ''}
          data={[...new Set([...(detectors.data ?? []).map((each) => each.name), ...filters.detector])]}
          value={[...filters.detector]}
          onChange={(detector) => onChange({ detector })}
        />
        <MultiSelect
          label="Tags"
          placeholder={filters.tag.length === 0 ? 'Any' : ''}
          searchable
          data={[...new Set([...(tags.data ?? []).map((each) => each.tag), ...filters.tag])]}
          value={[...filters.tag]}
          onChange={(tag) => onChange({ tag })}
        />
        <MultiSelect
          label="Outcome"
          placeholder={filters.outcome.length === 0 ? 'Any' : ''}
          data={outcomeChoices}
          value={[...filters.outcome]}
          onChange={(outcome) =>
            onChange({ outcome: runOutcome.options.filter((one) => outcome.includes(one)) })
          }
        />
        <MultiSelect
          label="Quality"
          placeholder={filters.quality.length === 0 ? 'Any' : ''}
          data={qualities}
          value={[...filters.quality]}
          onChange={(chosen) => onChange({ quality: quality.options.filter((one) => chosen.includes(one)) })}
        />
        <div className={classes['filterActions']}>
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={more}
            aria-controls={moreId}
            onClick={toggle}
          >
            {more ? 'Fewer filters' : 'More filters'}
          </Button>
          {count === 0 ? null : (
            <Button variant="subtle" size="compact-xs" onClick={() => onChange(clearing)}>
              {count === 1 ? 'Clear 1 filter' : `Clear ${count} filters`}
            </Button>
          )}
        </div>
      </Fields>
      <Collapse expanded={more} id={moreId}>
        <Fields>
          <NumberInput
            label="Run number"
            hideControls
            allowDecimal={false}
            value={filters.number ?? ''}
            onChange={(value) => onChange({ number: value === '' ? null : Number(value) })}
          />
          <FilterText
            label="Mode"
            value={filters.mode}
            maxLength={64}
            onChange={(mode) => onChange({ mode })}
          />
          <FilterText label="By" value={filters.by} maxLength={63} onChange={(by) => onChange({ by })} />
          <TextInput
            label="Started after (UTC)"
            type="datetime-local"
            value={filters.after}
            onChange={(event) => onChange({ after: event.currentTarget.value })}
          />
          <TextInput
            label="Started before (UTC)"
            type="datetime-local"
            value={filters.before}
            onChange={(event) => onChange({ before: event.currentTarget.value })}
          />
          <Switch
            label="Only running"
            checked={filters.running}
            onChange={(event) => onChange({ running: event.currentTarget.checked })}
          />
        </Fields>
      </Collapse>
    </search>
  );
}

const clearing: Partial<RunFilters> = without(noFilters, 'sort', 'order');
