'use client';

import { type Language, type LocalText, language, languages } from '@countroom/contracts';
import { SegmentedControl } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

interface Choice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<Choice>({ language: 'en', choose: () => undefined });
/** What people call their language. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** Remembers in this browser in which language texts for learners and help of fields are shown. */
export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [kept, setKept] = useLocalStorage<unknown>({ key: 'countroom.language', defaultValue: 'en' });
  const parsed = language.safeParse(kept);
  const chosen = parsed.success ? parsed.data : 'en';
  const choice = useMemo<Choice>(() => ({ language: chosen, choose: setKept }), [chosen, setKept]);
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

export function useLanguage(): Choice {
  return useContext(LanguageContext);
}

/** The text in a language; in English where nobody has written it. */
export function textIn(chosen: Language, text: LocalText): string {
  return text[chosen] ?? text.en;
}

/** Chooses the language of help texts. */
export function LanguageSwitch(): ReactNode {
  const { language: chosen, choose } = useLanguage();
  return (
    <SegmentedControl
      aria-label="Language of help texts"
      value={chosen}
      onChange={(value) => {
        const parsed = language.safeParse(value);
        if (parsed.success) choose(parsed.data);
      }}
      data={languages.map((value) => ({ value, label: languageNames[value] }))}
    />
  );
}
