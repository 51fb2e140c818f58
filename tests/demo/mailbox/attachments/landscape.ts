import { makeRandom } from '../random.ts';
import { colour, mix, paint } from './canvas.ts';
import type { Canvas, Colour } from './canvas.ts';

interface Light {
  zenith: Colour;
  horizon: Colour;
  sun: Colour;
  land: Colour;
  water: Colour;
}

const lights: Light[] = [
  { zenith: colour('#1f4e79'), horizon: colour('#f6c28b'), sun: colour('#fff3d6'), land: colour('#25344a'), water: colour('#3b6a86') },
  { zenith: colour('#5aa0d8'), horizon: colour('#dcefff'), sun: colour('#ffffff'), land: colour('#2f6b4f'), water: colour('#2d7fa6') },
  { zenith: colour('#3a2a5a'), horizon: colour('#f08a6b'), sun: colour('#ffd9a0'), land: colour('#2a1f3d'), water: colour('#6b4a72') },
  { zenith: colour('#8fa3b0'), horizon: colour('#e6e9ea'), sun: colour('#fafafa'), land: colour('#52626b'), water: colour('#9fb1b8') },
  { zenith: colour('#0e1a33'), horizon: colour('#39587f'), sun: colour('#f4f1de'), land: colour('#0a1222'), water: colour('#20385c') },
];

/** A coast that nobody photographed: sky, sun, ranges of hills, water, and a footbridge across; another one for each seed. */
export function landscape(seed: number, width: number, height: number): Canvas {
  const random = makeRandom(Math.imul(seed + 1, 2_654_435_761)); // Neighbouring seeds begin alike otherwise.
  const light = random.pick(lights);
  const shore = 0.6 + random.next() * 0.15;
  const sunX = 0.15 + random.next() * 0.7;
  const sunY = shore - 0.1 - random.next() * 0.3;
  const ranges = Array.from({ length: 3 }, (_, index) => ({
    base: shore - 0.02 - (2 - index) * 0.06,
    waves: Array.from({ length: 4 }, (_, wave) => ({ height: 0.05 / (wave + 1), length: 3 + wave * 5 + random.next() * 4, phase: random.next() * 7 })),
    tint: mix(light.horizon, light.land, 0.35 + index * 0.3),
  }));
  const ridge = (range: (typeof ranges)[number], x: number) =>
    range.base - range.waves.reduce((sum, { height: h, length, phase }) => sum + h * (0.5 + 0.5 * Math.sin(x * length + phase)), 0);
  const ratio = width / height;
  return paint(width, height, (x, y) => {
    const grain = (hash(x * width, y * height, seed) - 0.5) * 7;
    const withGrain = ([red, green, blue]: Colour): Colour => [clamp(red + grain), clamp(green + grain), clamp(blue + grain)];
    if (isBridge(x, y, shore)) return withGrain(mix(light.land, [0, 0, 0], 0.4));
    if (y > shore) {
      const depth = (y - shore) / (1 - shore);
      const glitter = Math.abs(x - sunX) < 0.03 + depth * 0.08 && Math.sin(y * 260 + Math.sin(x * 90) * 2) > 0.35;
      return withGrain(glitter ? mix(light.water, light.sun, 0.7) : mix(mix(light.horizon, light.water, 0.5), light.water, depth));
    }
    for (const range of [...ranges].reverse()) if (y > ridge(range, x)) return withGrain(range.tint);
    const distance = Math.hypot((x - sunX) * ratio, y - sunY);
    const sky = mix(light.zenith, light.horizon, y / shore);
    return withGrain(distance < 0.045 ? light.sun : mix(light.sun, sky, 0.35 + distance * 2.2));
  });
}

function isBridge(x: number, y: number, shore: number): boolean {
  const deck = shore - 0.03 - 0.05 * Math.sin(Math.PI * x);
  if (y > deck && y < deck + 0.012) return true;
  const rail = deck - 0.035;
  if (y > rail && y < rail + 0.004) return true;
  if (y > rail && y < deck && (x * 60) % 1 < 0.09) return true;
  return y > deck && y < shore + 0.03 && (x * 6 + 0.5) % 1 < 0.035;
}

/** A number from 0 to 1 that looks random and is always the same for the same place. */
function hash(x: number, y: number, seed: number): number {
  let value = Math.imul(Math.floor(x), 374761393) + Math.imul(Math.floor(y), 668265263) + Math.imul(seed, 974711);
  value = Math.imul(value ^ (value >>> 13), 1274126177);
  return ((value ^ (value >>> 16)) >>> 0) / 4294967296;
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, value));
}
