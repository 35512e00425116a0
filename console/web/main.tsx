import { render } from "preact";
import { App } from "./app/app.tsx";
import { listenToKeys } from "./app/keyboard.ts";
import { connect } from "./live/connect.ts";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./app/app.css";

const place = document.getElementById("room");
if (place) render(<App />, place);
listenToKeys();
connect();
