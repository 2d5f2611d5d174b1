package io.switchgear.example;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything over HTTP is below {@code /api}, but for the page itself and what monitoring reads. */
@ApplicationPath("api")
public class Api extends Application {}
