package io.tocsin.web;

import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.health.HealthBoard;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ReportStore;
import io.tocsin.rule.drift.ModelHistory;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the pages of watched models read.
 *
 * @param models that are watched
 * @param health how each is doing; computes
 * @param reports kept ones; blocks
 * @param today the report of the day under way; blocks
 * @param history the models as drift rules read them
 * @param grafana where the boards are, if that is told
 */
public record ModelPorts(
    Models models,
    HealthBoard health,
    ReportStore reports,
    Function<ModelWatch, ModelReport> today,
    ModelHistory history,
    Optional<URI> grafana) {}
