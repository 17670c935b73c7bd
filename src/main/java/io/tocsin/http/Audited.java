package io.tocsin.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What a request asked for, as the audit log tells it: field by field, without secrets. */
final class Audited {

  private static final int LARGEST_BODY = 16 * 1024;
  private static final int MOST = 40;
  private static final ObjectMapper READER = new ObjectMapper();
  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");
  private static final Pattern QUERY = Pattern.compile("([?&][^=&\\s]+=)[^&\\s]+");
  private static final Pattern OUR_TOKEN = Pattern.compile("tcs_[0-9a-f]{8}_[0-9a-f]{64}");

  private Audited() {}

  /** The body's fields, nested ones with dots. */
  static Map<String, String> of(RoutingContext context) {
    var fields = new LinkedHashMap<String, String>();
    MultiMap form = context.request().formAttributes();
    if (!form.isEmpty()) {
      form.forEach(
          entry -> {
            if (!entry.getKey().equals(FormToken.FIELD)) {
              put(fields, entry.getKey(), entry.getValue());
            }
          });
      return fields;
    }
    var body = context.body() == null ? null : context.body().buffer();
    if (body == null || body.length() == 0) {
      return fields;
    }
    if (body.length() > LARGEST_BODY) {
      fields.put("body", body.length() + " bytes");
      return fields;
    }
    try {
      flatten("", READER.readTree(body.getBytes()), fields);
    } catch (JsonProcessingException notJson) {
      fields.put("body", body.length() + " bytes");
    } catch (java.io.IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
    return fields;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> fields) {
    if (fields.size() >= MOST) {
      return;
    }
    String start = path.isEmpty() ? "" : path + ".";
    if (node.isObject()) {
      node.properties().forEach(it -> flatten(start + it.getKey(), it.getValue(), fields));
    } else if (node.isArray() && node.size() > 0 && node.get(0).isContainerNode()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(start + i, node.get(i), fields);
      }
    } else {
      put(
          fields,
          path.isEmpty() ? "body" : path,
          node.isValueNode() ? node.asText() : node.toString());
    }
  }

  private static void put(Map<String, String> fields, String key, String value) {
    if (fields.size() < MOST) {
      String known = USER_INFO.matcher(value).replaceAll("://***@");
      known = QUERY.matcher(known).replaceAll("$1***");
      fields.put(key, OUR_TOKEN.matcher(known).replaceAll("tcs_***"));
    }
  }
}
