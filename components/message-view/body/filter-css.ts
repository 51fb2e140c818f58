import { allowedProperties } from './allowed-html.ts';
import type { Recolor } from './recolor.ts';

/** Characters of CSS and rules beyond which a style sheet is left out (security.md 1). */
const maxCss = 256 * 1024;
const maxRules = 5_000;

/** Escapes, at-signs, markup and functions that load or compute: a value with any of them is dropped whole. */
const suspicious =
  /[\\@<]|(?:url|image|image-set|cross-fade|element|src|var|env|attr|expression|paint|calc-size)\s*\(/i;
const maxValue = 500;
/** Negative margins pull a mail's content over its neighbours; so do lengths that no letter has. */
const negative = /(^|[\s(,])-\s*\.?\d/;

/**
 * Parses a style sheet by the browser's own parser (constructed sheets ignore `@import`), walks its plain and media rules, and
 * answers new text made only of allowed declarations. Selectors come from the parser's serialisation.
 */
export function filterStyleSheet(css: string, view: Window, recolor: Recolor | null): string {
  if (css.length > maxCss) return '';
  const Sheet = (view as Window & typeof globalThis).CSSStyleSheet; // A frame's window has its own constructors.
  const sheet = new Sheet();
  try {
    sheet.replaceSync(css);
  } catch {
    return '';
  }
  const budget = { rules: maxRules };
  return filterRules(sheet.cssRules, budget, recolor);
}

function filterRules(rules: CSSRuleList, budget: { rules: number }, recolor: Recolor | null): string {
  const kept: string[] = [];
  for (const rule of rules) {
    budget.rules -= 1;
    if (budget.rules < 0) break;
    // Told by shape: the rules belong to another window, whose classes are not ours.
    if (isStyleRule(rule)) {
      const declarations = filterDeclarations(rule.style, recolor);
      if (declarations && isPlainSelector(rule.selectorText)) kept.push(`${rule.selectorText}{${declarations}}`);
    } else if (
      isMediaRule(rule) &&
      !/prefers-color-scheme|print/i.test(rule.media.mediaText) &&
      !/[\\<]/.test(rule.media.mediaText)
    ) {
      kept.push(`@media ${rule.media.mediaText}{${filterRules(rule.cssRules, budget, recolor)}}`);
    }
  }
  return kept.join('\n');
}

/** Keeps the allowed declarations of a block, as text. Used for rules and, through `element.style`, for attributes. */
export function filterDeclarations(style: CSSStyleDeclaration, recolor: Recolor | null): string {
  const kept: string[] = [];
  for (const property of style) {
    const value = style.getPropertyValue(property);
    if (!allowedProperties.has(property) || !isAllowedValue(property, value)) continue;
    const priority = style.getPropertyPriority(property) ? ' !important' : '';
    const drawn = recolor ? recolor.value(property, value) : value;
    kept.push(`${property}:${drawn}${priority}`);
  }
  return kept.join(';');
}

function isAllowedValue(property: string, value: string): boolean {
  if (value.length > maxValue || suspicious.test(value)) return false;
  if (
    property.startsWith('margin') ||
    property === 'text-indent' ||
    property === 'letter-spacing' ||
    property === 'word-spacing'
  ) {
    return !negative.test(value);
  }
  return true;
}

/** Attribute selectors could ask about content letter by letter; nothing they could load is left, and they stay out all the same. */
function isPlainSelector(selector: string): boolean {
  return selector.length < 2_000 && !/[\\<@[]|:has\(|:visited/i.test(selector);
}

function isStyleRule(rule: CSSRule): rule is CSSStyleRule {
  return rule.constructor.name === 'CSSStyleRule';
}

function isMediaRule(rule: CSSRule): rule is CSSMediaRule {
  return rule.constructor.name === 'CSSMediaRule';
}
