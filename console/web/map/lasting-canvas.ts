import { Canvas, type RendererOptions } from "leaflet";

interface Drawn {
  readonly _ctx?: CanvasRenderingContext2D;
}
/** Not in the typings: the frame in which a canvas draws itself. */
const own = Canvas.prototype as unknown as { _redraw(): void };
const redraw = own._redraw;

const Lasting = Canvas.extend({
  _redraw(this: Drawn) {
    if (this._ctx) redraw.call(this);
  },
});

/**
 * Leaflet 1.9.4 can have asked for two frames and cancels one of them when a map is removed (`_redraw` forgets a request that it did not answer):
 * the other frame would draw on a canvas that is gone, "Cannot read properties of undefined (reading 'save')".
 */
export const lastingCanvas = (options: RendererOptions): Canvas => new (Lasting as unknown as new (options: RendererOptions) => Canvas)(options);
