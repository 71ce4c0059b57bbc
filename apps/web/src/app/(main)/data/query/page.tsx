import type { ReactNode } from 'react';
import { SkimPage } from '../../../../features/skim/skim-page';

export default function Page(): ReactNode {
  return <SkimPage />;
}
