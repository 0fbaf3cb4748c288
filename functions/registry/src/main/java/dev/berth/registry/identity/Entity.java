package dev.berth.registry.identity;

import java.time.Instant;
import java.util.SortedMap;

/** What permissions are given to: a user or a role. */
public sealed interface Entity permits User, Role {

  String account();

  /** Begins and ends with {@code /}. */
  String path();

  /** Unique in the account among its kind, whatever the case of its letters. */
  String name();

  /** Never used again. */
  String id();

  String arn();

  Instant createdAt();

  Permissions permissions();

  SortedMap<String, String> tags();
}
