package io.tocsin;

import io.tocsin.web.DemoControls;
import java.util.Optional;

/** What the demo adds to the service. */
record ServerExtras(Optional<DemoControls> demo) {

  /** The plain service. */
  static final ServerExtras NONE = new ServerExtras(Optional.empty());
}
