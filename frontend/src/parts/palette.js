// The colors, spaces and words that all pages share, as CSS variables: light or dark, as the user's system asks.
// Kinds keep one color everywhere; the set (after Okabe and Ito) can be told apart by people who see no red or no green.
import { createGlobalStyle } from 'styled-components';

export const KINDS = {
  phone: { title: 'Phone', sign: '☎', light: '#0a5f98', dark: '#6cb8ee' },
  email: { title: 'E-mail', sign: '✉', light: '#a84300', dark: '#ff9d5c' },
  username: { title: 'User name', sign: '@', light: '#00714f', dark: '#4fd0a5' },
  url: { title: 'Web address', sign: '↗', light: '#3d6b8e', dark: '#9cc9e8' },
  domain: { title: 'Domain', sign: '⌂', light: '#3d6b8e', dark: '#9cc9e8' },
  wallet: { title: 'Wallet', sign: '₿', light: '#7d5b00', dark: '#e6b93d' },
  payment_tag: { title: 'Payment tag', sign: '$', light: '#7d5b00', dark: '#e6b93d' },
  iban: { title: 'Bank account', sign: '€', light: '#7d5b00', dark: '#e6b93d' },
  company_number: { title: 'Company number', sign: '№', light: '#55565c', dark: '#b9bcc6' },
  license: { title: 'License', sign: '№', light: '#55565c', dark: '#b9bcc6' },
  place: { title: 'Place', sign: '◉', light: '#9a3b76', dark: '#e79ac8' },
  text: { title: 'Same text', sign: '¶', light: '#55565c', dark: '#b9bcc6' },
  image: { title: 'Picture', sign: '▣', light: '#8a6100', dark: '#efc14e' },
  image_crop: { title: 'Part of a picture', sign: '▣', light: '#8a6100', dark: '#efc14e' },
  image_frame: { title: 'Frame of a video', sign: '▣', light: '#8a6100', dark: '#efc14e' },
  record: { title: 'Record', sign: '▤', light: '#5b6270', dark: '#a9b0bd' },
  entity: { title: 'Entity', sign: '●', light: '#4a3fa8', dark: '#a79dff' },
};

/** {title, sign, light, dark} of a kind; one that is not known here is shown under its own name. */
export function kindOf(name) {
  return KINDS[name] || { title: name.replaceAll('_', ' '), sign: '#', light: '#55565c', dark: '#b9bcc6' };
}

/** Kind and value of `kind:value`. */
export function parted(identifier) {
  const at = identifier.indexOf(':');
  return at < 0 ? { kind: '', value: identifier } : { kind: identifier.slice(0, at), value: identifier.slice(at + 1) };
}

/** An identifier as people read it: phones in groups, user names with their platform, the ends of a hash. */
export function readable(identifier) {
  const { kind, value } = parted(identifier);
  if (kind === 'phone' && /^\+1\d{10}$/.test(value)) {
    return `+1 ${value.slice(2, 5)} ${value.slice(5, 8)} ${value.slice(8)}`;
  }
  if (kind === 'phone') return value.replace(/^(\+\d{2})(\d{2,4})(\d{3})(\d+)$/, '$1 $2 $3 $4');
  if (kind === 'username') return value.replace('/', ' ');
  if (['license', 'company_number'].includes(kind)) return value.replace(/^([^/]+)\//, (scheme, name) => `${name.replaceAll('_', ' ')} `);
  if (['image', 'image_crop', 'image_frame', 'text'].includes(kind)) return value.replace(/[0-9a-f]{16,}/gi, (hash) => `${hash.slice(0, 6)}…${hash.slice(-4)}`);
  return value;
}

/** A sentence with its phone numbers as people read them. */
export function readableText(text) {
  return text.replace(/\+\d{8,15}\b/g, (number) => readable(`phone:${number}`));
}

export const Palette = createGlobalStyle`
  :root { --mv-ink: #1b1f24; --mv-dim: #4f5864; --mv-line: #c9d0d8; --mv-soft: #e6e9ee; --mv-paper: #ffffff;
    --mv-ground: #f4f5f7; --mv-accent: #4a3fa8; --mv-wash: #eeecfb; --mv-mark: #ffe9a8; --mv-good: #0a6b3d;
    --mv-bad: #b0261a; --mv-warn: #8a5a00; }
  .mv { color: var(--mv-ink); font-size: 14px; line-height: 1.45; }
  :root[data-mv-scheme="dark"] { --mv-ink: #e6e8ec; --mv-dim: #a7afbb; --mv-line: #3c434d; --mv-soft: #2a3038;
    --mv-paper: #1b1f25; --mv-ground: #12151a; --mv-accent: #a79dff; --mv-wash: #2a2648; --mv-mark: #5c4a12;
    --mv-good: #5fce95; --mv-bad: #ff8d80; --mv-warn: #f0bd5b; }
  .mv * { box-sizing: border-box; }
  .mv h1, .mv h2, .mv h3 { margin: 0; color: var(--mv-ink); font-weight: 600; line-height: 1.25; }
  .mv h1 { font-size: 20px; } .mv h2 { font-size: 16px; } .mv h3 { font-size: 14px; }
  .mv p { margin: 0 0 8px; }
  .mv a, .mv .mv-link { color: var(--mv-accent); text-decoration: underline; text-underline-offset: 2px; }
  .mv button.mv-link { border: 0; padding: 0; background: none; font: inherit; cursor: pointer; text-align: left; }
  .mv :focus-visible { outline: 2px solid var(--mv-accent); outline-offset: 2px; }
`;
