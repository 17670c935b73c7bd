/** How a message leaves the building: PagerDuty, webhook, Slack, e-mail; one file each. */
@NullMarked
package io.tocsin.channel;

import org.jspecify.annotations.NullMarked;
