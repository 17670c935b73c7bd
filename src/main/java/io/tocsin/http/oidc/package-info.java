/** People whom an identity provider vouches for, by OpenID Connect. */
@NullMarked
package io.tocsin.http.oidc;

import org.jspecify.annotations.NullMarked;
