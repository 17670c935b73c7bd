package io.tocsin.web;

import io.tocsin.http.CalendarRoutes;
import io.tocsin.http.ReceiverTrial;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.oncall.ShiftDesk;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the page of duty asks for.
 *
 * @param shifts the schedules, and who steps in; blocks
 * @param policies who is told next
 * @param feeds calendars to subscribe to
 * @param receivers tries receivers; blocks
 */
public record OperationsPorts(
    ShiftDesk shifts,
    Supplier<EscalationPolicies> policies,
    Supplier<List<CalendarRoutes.Feed>> feeds,
    ReceiverTrial receivers) {}
