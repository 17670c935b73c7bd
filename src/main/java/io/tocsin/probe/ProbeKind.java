package io.tocsin.probe;

import io.tocsin.settings.Section;
import java.util.function.Function;

/**
 * A kind of probe as a check names it.
 *
 * @param key the key in the check that holds this kind's settings
 * @param reader makes a probe of those settings; reads every key and calls {@link Section#done}
 */
record ProbeKind(String key, Function<Section, Probe> reader) {}
