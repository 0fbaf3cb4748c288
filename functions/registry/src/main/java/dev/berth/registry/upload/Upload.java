package dev.berth.registry.upload;

/**
 * Where an upload stands.
 *
 * @param id a UUID
 * @param state sealed, for the client to bring along with its next request; a newer one replaces it
 * @param received how many bytes are there, from the beginning
 */
public record Upload(String id, String state, long received) {}
