import { render } from "preact";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/panels.css";
import "./styles/badge.css";
import { App } from "./app/app.tsx";
import { listenToKeys } from "./app/keys/keyboard.ts";
import { runKiosk } from "./app/kiosk.ts";
import { runSound } from "./app/sound/player.ts";
import { connect } from "./live/connect.ts";

const place = document.getElementById("room");
/** A window of its own beside the room's: for the demonstrator's laptop, never for a wall. */
const isPresenter = location.pathname === "/presenter";

if (place && isPresenter) void import("./views/presenter/presenter.tsx").then(({ Presenter }) => render(<Presenter />, place));
else if (place) {
  render(<App />, place);
  runKiosk();
  runSound();
}
listenToKeys();
connect();
