import { allowedProperties } from './allowed-html.ts';
import type { Extent } from './parse-html.ts';
import type { Recolor } from './recolor.ts';

/** Characters of CSS and selectors beyond which the rest of a mail's style sheets is left out. */
const maxCss = 256 * 1024;
const maxSelectors = 5_000;
/** Of selectors with elements, and with those around them: about a second of a browser's time. */
const maxComparisons = 20_000_000;

/** Escapes, at-signs, markup and functions that load or compute: a value with any of them is dropped whole. */
const suspicious =
  /[\\@<]|(?:url|image|image-set|cross-fade|element|src|var|env|attr|expression|paint|calc-size)\s*\(/i;
const maxValue = 500;
/** Negative margins pull a mail's content over its neighbours; so do lengths that no letter has. */
const negative = /(^|[\s(,])-\s*\.?\d/;

/** Lengths by the height of the frame, which is as tall as its content: each look would make it taller. */
const frameHeight = /\d[sld]?v(?:h|b|min|max)\b/i;
/** Media that change when the frame grows, or that are for us to say. */
const refusedMedia = /prefers-color-scheme|print|height|aspect-ratio|orientation|[\\<]/i;

/** What the style sheets of one mail may still use up. */
export interface StyleBudget {
  extent: Extent;
  characters: number;
  selectors: number;
  comparisons: number;
}

export function styleBudget(extent: Extent): StyleBudget {
  return { extent, characters: maxCss, selectors: maxSelectors, comparisons: maxComparisons };
}

/**
 * Parses a style sheet by the browser's own parser (constructed sheets ignore `@import`), walks its plain and media rules, and
 * answers new text made only of allowed declarations. Selectors come from the parser's serialisation.
 */
export function filterStyleSheet(css: string, view: Window, budget: StyleBudget, recolor: Recolor | null): string {
  budget.characters -= css.length;
  if (budget.characters < 0) return '';
  const Sheet = (view as Window & typeof globalThis).CSSStyleSheet; // A frame's window has its own constructors.
  const sheet = new Sheet();
  try {
    sheet.replaceSync(css);
  } catch {
    return '';
  }
  return filterRules(sheet.cssRules, budget, recolor);
}

function filterRules(rules: CSSRuleList, budget: StyleBudget, recolor: Recolor | null): string {
  const kept: string[] = [];
  for (const rule of rules) {
    // Told by shape: the rules belong to another window, whose classes are not ours.
    budget.selectors -= 1;
    if (budget.selectors < 0) break;
    if (isStyleRule(rule)) {
      const declarations = filterDeclarations(rule.style, recolor);
      if (declarations && isPlainSelector(rule.selectorText) && isAffordable(rule.selectorText, budget)) {
        kept.push(`${rule.selectorText}{${declarations}}`);
      }
    } else if (isMediaRule(rule) && !refusedMedia.test(rule.media.mediaText)) {
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
  if (value.length > maxValue || suspicious.test(value) || frameHeight.test(value)) return false;
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

/**
 * Attribute selectors could ask about content letter by letter; nothing they could load is left, and they stay out all
 * the same. So do those that a browser compares with all elements beside or around one, over and over: `~`, and
 * selectors within selectors.
 */
function isPlainSelector(selector: string): boolean {
  if (selector.length >= 2_000 || /[\\<@[~]|:has\(|:visited/i.test(selector)) return false;
  const plain = selector.replaceAll(/:nth-[a-z-]+\([-+\dn\s]+\)/gi, '').replaceAll(/,\s+/g, ',');
  return !/\([^)]*[\s>+(]/.test(plain);
}

/** Browsers look for the elements that the last name of a selector means, and from each of them upwards. */
function isAffordable(list: string, budget: StyleBudget): boolean {
  const { elements, depth, named } = budget.extent;
  const selectors = list.replaceAll(/\([^()]*\)/g, '').split(',');
  budget.selectors -= selectors.length - 1;
  for (const selector of selectors) {
    const parts = selector.trim().split(/[\s>+]+/);
    const last = (parts.at(-1) ?? '').replace(/:.*/, '');
    const names = last.match(/[.#][^.#]+/g) ?? (/^[\w-]+$/.test(last) ? [last.toLowerCase()] : []);
    const candidates = names.length > 0 ? Math.max(...names.map((name) => named.get(name) ?? 0)) : elements;
    budget.comparisons -= candidates * (parts.length > 1 ? depth : 1);
  }
  return budget.comparisons >= 0 && budget.selectors >= 0;
}

function isStyleRule(rule: CSSRule): rule is CSSStyleRule {
  return rule.constructor.name === 'CSSStyleRule';
}

function isMediaRule(rule: CSSRule): rule is CSSMediaRule {
  return rule.constructor.name === 'CSSMediaRule';
}
