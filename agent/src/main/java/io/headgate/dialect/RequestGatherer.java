// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what a request asks for; what its body leaves open is filled in from the endpoint. */
final class RequestGatherer implements JsonSink<Ask> {

  /** More stop sequences or formats are not listed. */
  private static final int MOST = 32;

  private final Endpoint endpoint;
  private final RequestFacts.Builder facts = RequestFacts.builder();
  private final List<String> stops = new ArrayList<>(0);
  private final List<String> encodings = new ArrayList<>(0);
  private @Nullable Boolean stream;

  RequestGatherer(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public void text(Ask slot, byte[] bytes, int length) {
    if (length == 0) {
      return;
    }
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    switch (slot) {
      case MODEL -> facts.model = text;
      case STOP -> add(stops, text);
      case ENCODING -> add(encodings, text);
      case FORMAT, SCHEMA -> format(text);
      case MODALITY -> modality(text);
      case TIER -> facts.serviceTier = text;
      case REASONING -> facts.reasoningLevel = text;
      case PREVIOUS -> facts.previousResponseId = text;
      case CONVERSATION -> facts.conversationId = text;
      default -> {
        // The others are no texts.
      }
    }
  }

  @Override
  public void number(Ask slot, long whole, double value) {
    switch (slot) {
      case TEMPERATURE -> facts.temperature = value;
      case TOP_P -> facts.topP = value;
      case TOP_K -> facts.topK = value;
      case FREQUENCY_PENALTY -> facts.frequencyPenalty = value;
      case PRESENCE_PENALTY -> facts.presencePenalty = value;
      case SEED -> facts.seed = whole;
      case MAX_TOKENS -> facts.maxTokens = whole < 0 ? facts.maxTokens : (Long) whole;
      case CHOICES -> facts.choiceCount = whole < 0 ? facts.choiceCount : (Long) whole;
      case DIMENSIONS -> facts.dimensions = whole < 0 ? facts.dimensions : (Long) whole;
      default -> {
        // The others are no numbers.
      }
    }
  }

  @Override
  public void flag(Ask slot, boolean value) {
    switch (slot) {
      case STREAM -> stream = value;
      case STREAM_USAGE -> facts.streamUsage = value;
      default -> {
        // A level of reasoning may be true or false, which is no level.
      }
    }
  }

  @Override
  public void characters(Ask slot, long narrow, long wide) {
    facts.inputCharacters += narrow + wide;
    facts.wideInputCharacters += wide;
  }

  @Override
  public void opened(Ask slot) {
    format("json");
  }

  @Override
  public void closed(Ask slot) {}

  private static void add(List<String> list, String text) {
    if (list.size() < MOST) {
      list.add(text);
    }
  }

  /** Of images and sound the format is the file's; only an answer in words has one that matters. */
  private void format(String name) {
    Operation operation = endpoint.operation();
    if (operation != Operation.CHAT && operation != Operation.TEXT_COMPLETION) {
      return;
    }
    if (name.startsWith("json") || name.equals("application/json")) {
      facts.outputType = "json";
    } else if (facts.outputType == null && (name.equals("text") || name.equals("text/plain"))) {
      facts.outputType = "text";
    }
  }

  private void modality(String name) {
    if (name.equalsIgnoreCase("image")) {
      facts.outputType = "image";
    } else if (name.equalsIgnoreCase("audio")) {
      facts.outputType = "speech";
    }
  }

  RequestFacts facts() {
    if (facts.model == null) {
      facts.model = endpoint.model();
    }
    // At Bedrock the path decides, whatever the body of a model has in it.
    Boolean told = endpoint.format() == WireFormat.BEDROCK ? null : stream;
    facts.stream = told != null ? told || endpoint.streaming() : streamsUnasked();
    facts.stopSequences = stops;
    facts.encodingFormats = encodings;
    if (endpoint.operation() == Operation.IMAGE) {
      facts.outputType = "image";
    } else if (endpoint.operation() == Operation.SPEECH) {
      facts.outputType = "speech";
    }
    return facts.build();
  }

  private boolean streamsUnasked() {
    boolean ollama =
        endpoint.format() == WireFormat.OLLAMA
            && (endpoint.operation() == Operation.CHAT
                || endpoint.operation() == Operation.TEXT_COMPLETION);
    return ollama || endpoint.streaming();
  }
}
