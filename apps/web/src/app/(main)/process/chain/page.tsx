import type { ReactNode } from 'react';
import { ChainEditorPage } from '../../../../features/chain-editor/chain-editor-page';

export default function Page(): ReactNode {
  return <ChainEditorPage />;
}
