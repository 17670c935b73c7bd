package io.tocsin.web;

import io.tocsin.silence.MaintenanceBook;
import io.tocsin.silence.MaintenanceStepStore;
import io.tocsin.statuspage.PageSpec;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the pages of planned work ask for.
 *
 * @param book where it is planned; blocks
 * @param steps what was told of it; blocks
 * @param page what the status page lists
 * @param remindBefore how long before its start it is recalled
 */
public record PlannedPorts(
    MaintenanceBook book,
    MaintenanceStepStore steps,
    Supplier<PageSpec> page,
    Supplier<Duration> remindBefore) {}
