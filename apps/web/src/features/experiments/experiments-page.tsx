'use client';

import { type Experiment, endpoints } from '@countroom/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useApi } from '../../lib/api/use-api';
import { LanguageSwitch, textIn, useLanguage } from '../../lib/language/language';
import { LocalParagraphs, LocalWords } from '../../lib/language/local-paragraphs';
import { EmptyState } from '../../lib/states/empty-state';
import { QueryView } from '../../lib/states/query-view';
import { Facts } from '../../lib/ui/facts';
import { Columns } from '../../lib/ui/layout';
import { Page } from '../../lib/ui/page';
import { Panel } from '../../lib/ui/panel';
import { message, messages } from './messages';

/** Guided experiments to choose from. */
export function ExperimentsPage(): ReactNode {
  const list = useApi(endpoints.experiments.list, {});
  return (
    <Page title="Experiments" actions={<LanguageSwitch />}>
      <LocalParagraphs text={messages.about} />
      <QueryView query={list}>
        {({ experiments, faults }) => (
          <>
            {experiments.length === 0 ? (
              <EmptyState title="No experiment can be read.">
                Experiments are YAML files that come with the product, or lie in the folder experiments of the
                data folder.
              </EmptyState>
            ) : null}
            <Columns>
              {experiments.map((experiment) => (
                <Entry key={experiment.id} experiment={experiment} />
              ))}
            </Columns>
            {faults.length === 0 ? null : <FaultyFiles faults={faults} />}
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Entry({ experiment }: { readonly experiment: Experiment }): ReactNode {
  const { language } = useLanguage();
  const { id, title, about, minutes, needs } = experiment;
  const name = textIn(language, title);
  return (
    <Panel
      title={name}
      aside={
        <Link className="link" href={`/experiments/${id}`} aria-label={`Open ${name}`}>
          Open
        </Link>
      }
    >
      <LocalParagraphs text={about} />
      <Facts
        items={[
          [message(language, 'needs'), <LocalWords key="what" text={needs} />],
          [message(language, 'minutes'), `${minutes} min`],
        ]}
      />
    </Panel>
  );
}

function FaultyFiles({
  faults,
}: {
  readonly faults: readonly { readonly file: string; readonly message: string }[];
}): ReactNode {
  return (
    <Panel title="Files that are no experiment" wide>
      <ul>
        {faults.map(({ file, message }) => (
          <li key={`${file} ${message}`}>
            <span className="mono">{file}</span>: {message}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
