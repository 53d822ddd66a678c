import type { PathPicture, PathStop } from '../../domain/path-picture/index.ts';
import type { Messages } from '../../i18n/index.ts';
import { html, type Markup } from './markup.ts';

/** Units of the drawing, which are pixels at its full size. */
const ROW = 52;
const LEFT = 16;
const TEXT_LEFT = 40;
const RADIUS = 8;
const LINE = 16;
/** A character of the page's font is about so wide; a name that is longer than the room is cut, and whole in its tooltip. */
const CHARACTER = 7.6;
const MOST_CHARACTERS = 44;

/** The path from top to bottom, so that it fits a phone: a stop is a circle, the way to it a line; what is beyond the break is dashed. */
export function pathSvg(picture: PathPicture, messages: Messages): Markup {
  const { stops, broken } = picture;
  const places = stops.map((_, index) => ROW / 2 + index * ROW + (broken?.where === 'at' && index > broken.stop ? LINE : 0));
  const height = (places.at(-1) ?? 0) + ROW / 2 + (broken?.where === 'at' && broken.stop === stops.length - 1 ? LINE : 0);
  const longest = Math.max(...stops.flatMap((stop) => [nameOf(stop, messages).length, detailOf(stop, messages).length]), breakWords(picture, messages).length);
  const width = Math.round(TEXT_LEFT + Math.min(longest, MOST_CHARACTERS) * CHARACTER + 16);
  const drawn = stops.map((stop, index) => html`<g>${index === 0 ? null : drawLink(picture, index, places, messages)}${drawStop(picture, stop, index, places, messages)}</g>`);
  return html`<svg class="path" role="img" aria-label="${messages.document.pictureAlt}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg">${drawn}</svg>`;
}

/** The way from the stop before to this one. */
function drawLink(picture: PathPicture, index: number, places: readonly number[], messages: Messages): Markup {
  const [from, to] = [(places[index - 1] ?? 0) + RADIUS, (places[index] ?? 0) - RADIUS];
  const line = html`<line class="link${isBeyond(picture, index) ? ' beyond' : ''}" x1="${LEFT}" y1="${from}" x2="${LEFT}" y2="${to}"/>`;
  if (picture.broken?.where !== 'before' || picture.broken.stop !== index) return line;
  const middle = (from + to) / 2;
  return html`${line}${cross(LEFT, middle)}<text class="said small" x="${TEXT_LEFT}" y="${middle + 8}">${breakWords(picture, messages)}</text>`;
}

function drawStop(picture: PathPicture, stop: PathStop, index: number, places: readonly number[], messages: Messages): Markup {
  const y = places[index] ?? 0;
  const isBroken = picture.broken?.where === 'at' && picture.broken.stop === index;
  const name = nameOf(stop, messages);
  const why = isBroken ? html`<text class="said small" x="${TEXT_LEFT}" y="${y + 2 * LINE}">${breakWords(picture, messages)}</text>` : null;
  return html`<circle class="stop${isBroken ? ' broken' : isBeyond(picture, index) ? ' beyond' : ''}" cx="${LEFT}" cy="${y}" r="${RADIUS}"/>${isBroken ? cross(LEFT, y) : null}
<text x="${TEXT_LEFT}" y="${y + 1}">${cut(name)}<title>${name}</title></text><text class="small" x="${TEXT_LEFT}" y="${y + LINE + 1}">${detailOf(stop, messages)}${ending(picture, index, messages)}</text>${why}`;
}

/** Nothing arrives there, or nobody knows. */
function isBeyond({ stops, broken, status }: PathPicture, index: number): boolean {
  if (broken === null) return status !== 'reachable' && index === stops.length - 1;
  return index > broken.stop || (broken.where === 'before' && broken.stop === index);
}

function ending({ stops, broken, status }: PathPicture, index: number, { picture }: Messages): Markup | null {
  if (index < stops.length - 1 || broken !== null) return null;
  return status === 'reachable' ? html` <tspan class="arrives">${words(picture.arrives)}</tspan>` : html` <tspan>${words(picture.unknown)}</tspan>`;
}

function breakWords({ cause }: PathPicture, { picture }: Messages): string {
  return `${words(picture.breaksHere)}${cause === null ? '' : `: ${cause}`}`;
}

/** The picture's words without the arrow that points at its lines in a terminal. */
function words(text: string): string {
  return text.replace(/^<-+\s*/u, '');
}

function cross(x: number, y: number): Markup {
  const arm = 5;
  return html`<path class="cross" d="M${x - arm} ${y - arm}L${x + arm} ${y + arm}M${x + arm} ${y - arm}L${x - arm} ${y + arm}"/>`;
}

function nameOf({ kind, name, address }: PathStop, { picture }: Messages): string {
  if (kind === 'silent') return picture.silentHops(Number(name));
  if (kind === 'skipped') return picture.skippedHops(Number(name));
  return name === '' ? (address ?? picture.stops[kind]) : name;
}

function detailOf({ kind, name, address, rttMs }: PathStop, { picture, document }: Messages): string {
  if (kind === 'silent' || kind === 'skipped') return '';
  const time = rttMs === null ? null : document.milliseconds(rttMs < 10 ? rttMs.toFixed(1) : Math.round(rttMs).toString());
  return [name === '' ? null : picture.stops[kind], name === '' ? null : address, time].filter((part) => part !== null).join(' · ');
}

function cut(name: string): string {
  return name.length > MOST_CHARACTERS ? `${name.slice(0, MOST_CHARACTERS - 1)}…` : name;
}
