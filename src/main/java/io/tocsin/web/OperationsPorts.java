package io.tocsin.web;

import io.tocsin.http.CalendarRoutes;
import io.tocsin.http.ReceiverTrial;
import io.tocsin.notify.DeliveryLedger;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.oncall.ShiftDesk;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the pages of duty, receivers, planned work and the status page ask for.
 *
 * @param shifts the schedules, and who steps in; blocks
 * @param policies who is told next
 * @param feeds calendars to subscribe to
 * @param receivers tries receivers; blocks
 * @param ledger what they were sent; blocks
 * @param planned planned work
 * @param heartbeats dead-man's switches, from memory
 * @param editor the status page's editor
 */
public record OperationsPorts(
    ShiftDesk shifts,
    Supplier<EscalationPolicies> policies,
    Supplier<List<CalendarRoutes.Feed>> feeds,
    ReceiverTrial receivers,
    DeliveryLedger ledger,
    PlannedPorts planned,
    Supplier<List<HeartbeatRow>> heartbeats,
    PageEditorPorts editor) {}
