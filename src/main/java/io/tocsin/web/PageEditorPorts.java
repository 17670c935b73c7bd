package io.tocsin.web;

import io.tocsin.statuspage.PageEditStore;
import io.tocsin.statuspage.PageEdits;
import io.tocsin.statuspage.PageSpec;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the editor of the status page asks for.
 *
 * @param configured the page as the files say
 * @param store what was changed beside them; blocks
 * @param changed shows the page with these changes
 */
public record PageEditorPorts(
    Supplier<PageSpec> configured, PageEditStore store, Consumer<PageEdits> changed) {}
