package dev.berth.registry.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Signed links as a client uses them, or a forger. */
final class Links {

  private Links() {}

  static HttpResponse<byte[]> fetch(String method, URI link)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(link).method(method, HttpRequest.BodyPublishers.noBody()).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray());
    }
  }

  /** A link for another object, one without its query, and ones with a changed parameter. */
  static List<String> tampered(String link, String key, String other) {
    String bare = link.substring(0, link.indexOf('?'));
    var tampered = new java.util.ArrayList<>(List.of(link.replace(key, other), bare));
    String query = link.substring(bare.length() + 1);
    for (String parameter : query.split("&")) {
      // the date and the credential scope may fail as malformed instead, which is not forbidden
      if (parameter.matches("(?i)(.*signature|.*expires|method)=.*")) {
        char digit = parameter.charAt(parameter.indexOf('=') + 1);
        String changed = parameter.replaceFirst("=.", "=" + (digit == '1' ? '2' : '1'));
        tampered.add(link.replace(parameter, changed));
      }
    }
    return tampered;
  }
}
