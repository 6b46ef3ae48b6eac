// A browser that reads ebooks as a stern reader would: takes an ebook's bytes, opens every document of it in a phone's window and
// a wide one, by day and by night, in small letters and large ones, and gives all that is wrong, each in a sentence.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Page } from 'puppeteer';
import { unzip } from './ebook-archive.ts';
import { aceBrowser } from './ebook-judges.ts';

const WIDTHS = [320, 1200];
const SIZES = ['100%', '200%'];
/** `dark`: the machine's own; `night`: a reader paints the ground and the letters itself, as Readium CSS does. */
const SCHEMES = ['light', 'dark', 'night'] as const;
const NIGHT = `:root{background-color:#000!important;color:#fefefe}
*:not(a){background-color:transparent!important;border-color:currentColor!important}`;

export interface Reader {
  /** Every document, those of them that are asked for in every window. `unused`: faces that nothing is set in are told, and letters that no face of the book has (`strange`). */
  readonly read: (
    book: Uint8Array,
    options?: { readonly unused?: boolean; readonly strange?: boolean; readonly windows?: RegExp },
  ) => Promise<string[]>;
  /** The cover's page in some windows: whole, alone, unscrolled. */
  readonly cover: (book: Uint8Array) => Promise<string[]>;
  /** A JPEG of stripes side by side. */
  readonly draw: (width: number, height: number, colours: readonly string[]) => Promise<Buffer>;
  /** From top to bottom through a picture's middle, each tenth dot: `green`, `blue` or `other`. */
  readonly column: (picture: Uint8Array) => Promise<string[]>;
  readonly close: () => Promise<void>;
}

export async function openReader(): Promise<Reader> {
  const env = await aceBrowser();
  const root = mkdtempSync(join(tmpdir(), 'reader-'));
  const browser = await puppeteer.launch({
    executablePath: env['PUPPETEER_EXECUTABLE_PATH'] ?? process.env['PUPPETEER_EXECUTABLE_PATH']!,
    headless: 'shell',
    args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--font-render-hinting=none'],
    env: { ...process.env, ...env },
  });
  const [page, lens] = await Promise.all([browser.newPage(), browser.newPage()]);
  // tsx keeps functions' names by calling `__name`, which the page does not know.
  await page.evaluateOnNewDocument('globalThis.__name = (f) => f');
  await lens.goto('about:blank');
  await lens.evaluate('globalThis.__name = (f) => f');
  let folder = '';
  let faults: string[] = [];
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.url().startsWith(`${pathToFileURL(folder).href}/`)) return void request.continue();
    faults.push(`a request leaves the book: ${request.url()}`);
    void request.abort();
  });
  page.on('console', (message) => message.type() === 'error' && faults.push(`the browser says: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`a script fails: ${String(error)}`));
  const unpack = (book: Uint8Array): string[] => {
    folder = mkdtempSync(join(root, 'book-'));
    faults = [];
    return unzip(book).map(({ name, bytes }) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
      return name;
    });
  };
  const address = (name: string): string => pathToFileURL(join(folder, name)).href;

  return {
    read: async (book, { unused = false, strange = false, windows = /./ } = {}) => {
      const names = unpack(book).filter((name) => name.endsWith('.xhtml'));
      const ids = new Map<string, ReadonlySet<string>>();
      const links: { from: string; to: string }[] = [];
      const faces = new Map<string, boolean>();
      for (const name of names) {
        const tell = (what: string): unknown => faults.push(`${name}: ${what}`);
        await page.goto(address(name), { waitUntil: 'load' });
        const found = await page.evaluate(survey);
        ids.set(address(name), new Set(found.ids));
        links.push(...found.links.map((to) => ({ from: name, to })));
        for (const { face, used } of found.faces) faces.set(face, used || (faces.get(face) ?? false));
        found.faults.forEach(tell);
        if (strange) (await page.evaluate(strangers)).forEach(tell);
        if (windows.test(name)) for (const fault of await inWindows(page, lens)) tell(fault);
      }
      for (const { from, to } of links) {
        if (!to.startsWith('file:')) continue;
        const [file = '', id] = to.split('#');
        const there = ids.get(file);
        if (!there) faults.push(`${from}: ${to} leads to no document`);
        else if (id !== undefined && !there.has(decodeURIComponent(id))) faults.push(`${from}: #${id} leads nowhere`);
      }
      if (unused) for (const [face, used] of faces) if (!used) faults.push(`nothing is set in ${face}`);
      return [...new Set(faults)];
    },
    cover: async (book) => {
      unpack(book);
      for (const [width, height] of [
        [320, 640],
        [640, 320],
        [768, 1024],
        [1200, 800],
      ] as const) {
        await page.setViewport({ width, height });
        await page.goto(address('OEBPS/cover.xhtml'), { waitUntil: 'load' });
        for (const fault of await page.evaluate(coverFaults)) faults.push(`${width} × ${height}: ${fault}`);
      }
      return faults;
    },
    draw: async (...stripes) => Buffer.from(await lens.evaluate(drawn, ...stripes), 'base64'),
    column: (picture) => lens.evaluate(columnOf, Buffer.from(picture).toString('base64')),
    close: async () => {
      await browser.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function inWindows(page: Page, lens: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const scheme of SCHEMES) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme === 'dark' ? 'dark' : 'light' }]);
    if (scheme === 'night') await page.evaluate(paint, NIGHT);
    for (const width of WIDTHS) {
      await page.setViewport({ width, height: 800 });
      for (const size of SIZES) {
        const where = `${width} px, ${scheme}, ${size}`;
        for (const fault of await page.evaluate(look, size)) faults.push(`${where}: ${fault}`);
      }
    }
    if (scheme === 'light') continue;
    await page.evaluate(look, '100%');
    for (const [at, image] of (await page.$$('img')).entries()) {
      const box = await image.boundingBox();
      if (!box || box.width < 9 || box.height < 9) continue;
      const clip = { x: box.x, y: box.y, width: box.width, height: Math.min(box.height, 2000) };
      const shot = await page.screenshot({ clip, captureBeyondViewport: true, encoding: 'base64' });
      const contrast = await lens.evaluate(rangeOf, shot);
      if (contrast < 3) faults.push(`${scheme}: picture ${at + 1} cannot be seen (contrast ${contrast.toFixed(2)})`);
    }
  }
  return faults;
}

// What follows is sent to the browser, and knows nothing but the document.

/** What does not change with the window. */
async function survey() {
  const faults: string[] = [];
  if (document.contentType !== 'application/xhtml+xml') faults.push(`it is ${document.contentType}`);
  const broken = document.querySelector('parsererror');
  if (broken) faults.push(`it is no XML: ${broken.textContent}`);
  for (const node of document.querySelectorAll('*')) {
    if (/^(?:script|iframe|object|embed)$/.test(node.localName)) faults.push(`<${node.localName}>`);
    for (const { name, value } of node.attributes)
      if (/^on/.test(name) || /^\s*javascript:/i.test(value)) faults.push(`something runs: ${name}="${value}"`);
  }
  for (const image of document.images)
    if (!image.complete || image.naturalWidth === 0) faults.push(`${image.src} is no picture`);
  await document.fonts.ready;
  const named = (face: FontFace): string => `${face.family} ${face.weight} ${face.style}`;
  const faces = [...document.fonts].map((face) => ({ face: named(face), used: face.status === 'loaded' }));
  await Promise.allSettled([...document.fonts].map((face) => face.load()));
  for (const face of document.fonts) if (face.status !== 'loaded') faults.push(`${named(face)} does not load`);
  return {
    faults,
    faces,
    ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
    links: [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ href }) => href),
  };
}

/** Letters that no face has: they are drawn as the sign for what is missing, whose picture a private character gives. */
function strangers(): string[] {
  const letters = new Map<string, Set<string>>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const { fontStyle, fontWeight, fontFamily } = getComputedStyle(node.parentElement!);
    const font = `${fontStyle} ${fontWeight} 30px ${fontFamily}`;
    const known = letters.get(font) ?? new Set();
    for (const letter of node.data) if (!/[\s\p{Cf}\p{M}]/u.test(letter)) known.add(letter);
    letters.set(font, known);
  }
  const context = new OffscreenCanvas(60, 60).getContext('2d', { willReadFrequently: true })!;
  const drawn = (letter: string): string => {
    context.clearRect(0, 0, 60, 60);
    context.fillText(letter, 12, 42);
    return context.getImageData(0, 0, 60, 60).data.join();
  };
  const faults: string[] = [];
  for (const [font, known] of letters) {
    context.font = font;
    const missing = drawn('\u{10fffd}');
    const strange = [...known].filter((letter) => drawn(letter) === missing);
    if (strange.length > 0) faults.push(`no face has ${strange.join('')}`);
  }
  return faults;
}

/** A reader's own colours come before the book's sheet, its overrides after: `!important` says which. */
function paint(css: string): void {
  const style = document.createElementNS('http://www.w3.org/1999/xhtml', 'style');
  style.textContent = css;
  document.head.prepend(style);
}

/** What is wrong in this window, with the root's letters in a size. */
function look(size: string): string[] {
  document.documentElement.style.fontSize = size;
  const faults = new Set<string>();
  const { innerWidth } = window;
  const root = document.scrollingElement!;
  if (root.scrollWidth > innerWidth) faults.add(`the document is ${root.scrollWidth} px wide`);
  const words = (text: string): string => text.trim().slice(0, 40);
  const outside = ({ left, right, width }: DOMRect): boolean => width > 0 && (left < -0.5 || right > innerWidth + 0.5);
  // A box that can be moved may hold what is wider than itself, if a keyboard can reach it.
  const moves = (node: Element): boolean =>
    (node as HTMLElement).tabIndex === 0 && getComputedStyle(node).overflowX === 'auto';
  const moved = (node: Element | null): boolean => node !== null && (moves(node) || moved(node.parentElement));

  const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'i') as HTMLElement;
  canvas.style.setProperty('background-color', 'Canvas', 'important');
  document.body.append(canvas);
  const paper = getComputedStyle(canvas).backgroundColor;
  canvas.remove();
  const grounds = new Map<Element | null, string>([[null, paper]]);
  const groundOf = (node: Element | null): string => {
    const known = grounds.get(node);
    if (known !== undefined) return known;
    const own = getComputedStyle(node!).backgroundColor;
    const ground = (channels(own)[3] ?? 1) > 0 ? own : groundOf(node!.parentElement);
    grounds.set(node, ground);
    return ground;
  };
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((channel) => {
      const part = channel / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  for (const node of document.body.querySelectorAll('*')) {
    const { parentElement } = node;
    if (outside(node.getBoundingClientRect()) && !moved(parentElement))
      faults.add(`<${node.localName}> stands out of the window`);
    const { overflowX, overflowY } = getComputedStyle(node);
    const cut = node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
    if (cut && !moves(node) && (overflowX !== 'visible' || overflowY !== 'visible'))
      faults.add(`<${node.localName}> is clipped`);
  }
  for (const image of document.images) {
    if (image.closest('figure, body.cover')) continue;
    const ems =
      image.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(image.parentElement!).fontSize);
    if (ems > 3.6) faults.add(`a picture among words is ${ems.toFixed(1)} em high`);
  }
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const parent = node.parentElement!;
    if (!node.data.trim() || parent.closest('[hidden]')) continue;
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()];
    if (boxes.every(({ width, height }) => width * height === 0)) faults.add(`nobody sees “${words(node.data)}”`);
    if (boxes.some(outside) && !moved(parent)) faults.add(`“${words(node.data)}” stands out of the window`);
    const [one, other] = [light(getComputedStyle(parent).color), light(groundOf(parent))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) faults.add(`“${words(node.data)}” has a contrast of ${contrast.toFixed(1)}`);
  }
  return [...faults];
}

/** The contrast (WCAG 2.2) between the lightest pixel of a PNG and its darkest. */
async function rangeOf(png: string): Promise<number> {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let [least, most] = [1, 0];
  const linear = (value: number): number => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  for (let at = 0; at < data.length; at += 4) {
    const light = 0.2126 * linear(data[at]!) + 0.7152 * linear(data[at + 1]!) + 0.0722 * linear(data[at + 2]!);
    least = Math.min(least, light);
    most = Math.max(most, light);
  }
  return (most + 0.05) / (least + 0.05);
}

function drawn(width: number, height: number, colours: readonly string[]): string {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d')!;
  for (const [at, colour] of colours.entries()) {
    pen.fillStyle = colour;
    pen.fillRect((at * width) / colours.length, 0, width / colours.length, height);
  }
  return canvas.toDataURL('image/jpeg').replace(/.*,/, '');
}

async function columnOf(picture: string): Promise<string[]> {
  const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'none' });
  const pen = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(image.width / 2, 0, 1, image.height);
  const told: string[] = [];
  for (let at = 0; at < data.length; at += 40) {
    const [red = 0, green = 0, blue = 0] = data.slice(at, at + 3);
    told.push(green > 200 && red + blue < 80 ? 'green' : blue > 200 && red + green < 80 ? 'blue' : 'other');
  }
  return told;
}

function coverFaults(): string[] {
  const faults: string[] = [];
  const root = document.scrollingElement!;
  if (root.scrollHeight > window.innerHeight || root.scrollWidth > window.innerWidth) faults.push('the page scrolls');
  const [image, ...more] = document.images;
  if (!image || more.length > 0) return [...faults, `${document.images.length} pictures`];
  const { left, top, right, bottom, width, height } = image.getBoundingClientRect();
  if (left < 0 || top < 0 || right > window.innerWidth + 0.5 || bottom > window.innerHeight + 0.5)
    faults.push('the picture is cropped');
  if (Math.abs(width / height / (image.naturalWidth / image.naturalHeight) - 1) > 0.01) faults.push('it is distorted');
  const fills = width > window.innerWidth - 2 || height > window.innerHeight - 2;
  if (!fills && width < image.naturalWidth) faults.push('it is smaller than it could be');
  return faults;
}
