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
if (place) render(<App />, place);
listenToKeys();
runKiosk();
runSound();
connect();
