import type { RunDetail } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { JsonView } from '../../lib/json/json-view';
import { Panel } from '../../lib/ui/panel';

/** The configuration as it was when the run began. */
export function RunConfiguration({ run }: { readonly run: RunDetail }): ReactNode {
  return (
    <Panel
      title="Configuration snapshot"
      wide
      aside={
        run.configurationHash === null ? null : (
          <span className="dim">
            content{' '}
            <span className="mono" title={run.configurationHash}>
              {run.configurationHash.slice(0, 12)}
            </span>
          </span>
        )
      }
    >
      {run.configuration === null ? (
        <p className="dim">
          {run.origin === 'imported'
            ? 'An imported recording has no configuration of this installation; what the file says of itself is in its datasets.'
            : 'No configuration was kept with this run.'}
        </p>
      ) : (
        <JsonView label="Configuration of the run" value={run.configuration} openDepth={2} />
      )}
    </Panel>
  );
}
