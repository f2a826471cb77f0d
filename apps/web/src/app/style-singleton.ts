/**
 * Stand-in for the package `react-style-singleton` (aliased in vite.config.ts), which the scroll lock of Radix
 * uses. The original appends a <style> element; our CSP allows stylesheets of our own origin only, so the rules
 * go into a constructable stylesheet, which is not subject to style-src.
 */
import { useEffect } from 'react';

interface StylesheetSingleton {
  add: (css: string) => void;
  remove: () => void;
}

/** One stylesheet shared by all its users: adopted with the first, dropped with the last. */
export function stylesheetSingleton(): StylesheetSingleton {
  let users = 0;
  let sheet: CSSStyleSheet | null = null;
  return {
    add(css) {
      if (users === 0) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets.push(sheet);
      }
      users += 1;
    },
    remove() {
      users -= 1;
      if (users > 0 || sheet === null) return;
      const gone = sheet;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== gone);
      sheet = null;
    },
  };
}

/** Hook form: the rules hold while the calling component is mounted. */
export function styleHookSingleton(): (styles: string, isDynamic?: boolean) => void {
  const sheet = stylesheetSingleton();
  return (styles, isDynamic) => {
    useEffect(() => {
      sheet.add(styles);
      return () => sheet.remove();
      // oxlint-disable-next-line react-hooks/exhaustive-deps -- as in the original: a change alone is ignored unless dynamic
    }, [styles && isDynamic]);
  };
}

/** Component form, the one react-remove-scroll mounts. */
export function styleSingleton(): (props: { styles: string; dynamic?: boolean }) => null {
  const useStyle = styleHookSingleton();
  return function StyleSheet({ styles, dynamic }) {
    useStyle(styles, dynamic);
    return null;
  };
}
