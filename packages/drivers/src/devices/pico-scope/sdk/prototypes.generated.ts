/**
 * Functions of the vendor's libraries that are used here: symbol, type of the result, types of the parameters.
 * Written by scripts/pico-prototypes.mjs out of tables of the vendor's interface.
 */
export const prototypes = {
  '2000': {
    callback: 'void pointer int16 uint32 int16 int16 uint32',
    functions: {
      open_unit: 'ps2000_open_unit int16',
      get_unit_info: 'ps2000_get_unit_info int16 int16 pointer int16 int16',
      close_unit: 'ps2000_close_unit int16 int16',
      PingUnit: 'ps2000PingUnit int16 int16',
      flash_led: 'ps2000_flash_led int16 int16',
      set_channel: 'ps2000_set_channel int16 int16 int16 int16 int16 int16',
      get_timebase: 'ps2000_get_timebase int16 int16 int16 int32 pointer pointer int16 pointer',
      set_trigger: 'ps2000_set_trigger int16 int16 int16 int16 int16 int16 int16',
      run_block: 'ps2000_run_block int16 int16 int32 int16 int16 pointer',
      ready: 'ps2000_ready int16 int16',
      get_values: 'ps2000_get_values int32 int16 pointer pointer pointer pointer pointer int32',
      run_streaming_ns: 'ps2000_run_streaming_ns int16 int16 uint32 int32 uint32 int16 uint32 uint32',
      get_streaming_last_values: 'ps2000_get_streaming_last_values int16 int16 callback',
      set_sig_gen_built_in:
        'ps2000_set_sig_gen_built_in int16 int16 int32 uint32 int32 float float float float int32 uint32',
      stop: 'ps2000_stop int16 int16',
      SetAdvTriggerChannelProperties: 'ps2000SetAdvTriggerChannelProperties int16 int16 pointer int16 int32',
      SetAdvTriggerChannelConditions: 'ps2000SetAdvTriggerChannelConditions int16 int16 pointer int16',
      SetAdvTriggerChannelDirections:
        'ps2000SetAdvTriggerChannelDirections int16 int16 int32 int32 int32 int32 int32',
      SetAdvTriggerDelay: 'ps2000SetAdvTriggerDelay int16 int16 uint32 float',
      SetPulseWidthQualifier:
        'ps2000SetPulseWidthQualifier int16 int16 pointer int16 int32 uint32 uint32 int32',
      set_ets: 'ps2000_set_ets int32 int16 int16 int16 int16',
      get_times_and_values:
        'ps2000_get_times_and_values int32 int16 pointer pointer pointer pointer pointer pointer int16 int32',
    },
  },
  '4000': {
    callback: 'void int16 int32 uint32 int16 uint32 int16 int16 pointer',
    functions: {
      OpenUnit: 'ps4000OpenUnit uint32 pointer',
      EnumerateUnits: 'ps4000EnumerateUnits uint32 pointer pointer pointer',
      GetUnitInfo: 'ps4000GetUnitInfo uint32 int16 pointer int16 pointer uint32',
      CloseUnit: 'ps4000CloseUnit uint32 int16',
      PingUnit: 'ps4000PingUnit uint32 int16',
      FlashLed: 'ps4000FlashLed uint32 int16 int16',
      SetChannel: 'ps4000SetChannel uint32 int16 int32 int16 int16 int32',
      GetTimebase2: 'ps4000GetTimebase2 uint32 int16 uint32 int32 pointer int16 pointer uint16',
      SetSimpleTrigger: 'ps4000SetSimpleTrigger uint32 int16 int16 int32 int16 int32 uint32 int16',
      SetTriggerChannelProperties: 'ps4000SetTriggerChannelProperties uint32 int16 pointer int16 int16 int32',
      SetTriggerChannelConditions: 'ps4000SetTriggerChannelConditions uint32 int16 pointer int16',
      SetTriggerChannelDirections:
        'ps4000SetTriggerChannelDirections uint32 int16 int32 int32 int32 int32 int32 int32',
      SetTriggerDelay: 'ps4000SetTriggerDelay uint32 int16 uint32',
      MemorySegments: 'ps4000MemorySegments uint32 int16 uint16 pointer',
      SetNoOfCaptures: 'ps4000SetNoOfCaptures uint32 int16 uint16',
      GetNoOfCaptures: 'ps4000GetNoOfCaptures uint32 int16 pointer',
      SetDataBuffer: 'ps4000SetDataBuffer uint32 int16 int32 pointer int32',
      RunBlock: 'ps4000RunBlock uint32 int16 int32 int32 uint32 int16 pointer uint16 pointer pointer',
      IsReady: 'ps4000IsReady uint32 int16 pointer',
      GetValues: 'ps4000GetValues uint32 int16 uint32 pointer uint32 int16 uint16 pointer',
      GetValuesBulk: 'ps4000GetValuesBulk uint32 int16 pointer uint16 uint16 pointer',
      GetValuesTriggerTimeOffsetBulk64:
        'ps4000GetValuesTriggerTimeOffsetBulk64 uint32 int16 pointer pointer uint16 uint16',
      RunStreaming: 'ps4000RunStreaming uint32 int16 pointer int32 uint32 uint32 int16 uint32 uint32',
      GetStreamingLatestValues: 'ps4000GetStreamingLatestValues uint32 int16 callback pointer',
      SetSigGenBuiltIn:
        'ps4000SetSigGenBuiltIn uint32 int16 int32 uint32 int16 float float float float int32 int16 uint32 uint32 int32 int32 int16',
      Stop: 'ps4000Stop uint32 int16',
      SetPulseWidthQualifier:
        'ps4000SetPulseWidthQualifier uint32 int16 pointer int16 int32 uint32 uint32 int32',
      SetEts: 'ps4000SetEts uint32 int16 int32 int16 int16 pointer',
      SetEtsTimeBuffer: 'ps4000SetEtsTimeBuffer uint32 int16 pointer int32',
      OpenUnitEx: 'ps4000OpenUnitEx uint32 pointer pointer',
      SetDataBufferBulk: 'ps4000SetDataBufferBulk uint32 int16 int32 pointer int32 uint16',
    },
  },
  '2000a': {
    callback: 'void int16 int32 uint32 int16 uint32 int16 int16 pointer',
    functions: {
      OpenUnit: 'ps2000aOpenUnit uint32 pointer pointer',
      EnumerateUnits: 'ps2000aEnumerateUnits uint32 pointer pointer pointer',
      GetUnitInfo: 'ps2000aGetUnitInfo uint32 int16 pointer int16 pointer uint32',
      CloseUnit: 'ps2000aCloseUnit uint32 int16',
      PingUnit: 'ps2000aPingUnit uint32 int16',
      FlashLed: 'ps2000aFlashLed uint32 int16 int16',
      SetChannel: 'ps2000aSetChannel uint32 int16 int32 int16 int32 int32 float',
      GetTimebase2: 'ps2000aGetTimebase2 uint32 int16 uint32 int32 pointer int16 pointer uint32',
      SetSimpleTrigger: 'ps2000aSetSimpleTrigger uint32 int16 int16 int32 int16 int32 uint32 int16',
      SetTriggerChannelProperties:
        'ps2000aSetTriggerChannelProperties uint32 int16 pointer int16 int16 int32',
      SetTriggerChannelConditions: 'ps2000aSetTriggerChannelConditions uint32 int16 pointer int16',
      SetTriggerChannelDirections:
        'ps2000aSetTriggerChannelDirections uint32 int16 int32 int32 int32 int32 int32 int32',
      SetTriggerDelay: 'ps2000aSetTriggerDelay uint32 int16 uint32',
      MemorySegments: 'ps2000aMemorySegments uint32 int16 uint32 pointer',
      SetNoOfCaptures: 'ps2000aSetNoOfCaptures uint32 int16 uint32',
      GetNoOfCaptures: 'ps2000aGetNoOfCaptures uint32 int16 pointer',
      SetDataBuffer: 'ps2000aSetDataBuffer uint32 int16 int32 pointer int32 uint32 int32',
      RunBlock: 'ps2000aRunBlock uint32 int16 int32 int32 uint32 int16 pointer uint32 pointer pointer',
      IsReady: 'ps2000aIsReady uint32 int16 pointer',
      GetValues: 'ps2000aGetValues uint32 int16 uint32 pointer uint32 int32 uint32 pointer',
      GetValuesBulk: 'ps2000aGetValuesBulk uint32 int16 pointer uint32 uint32 uint32 int32 pointer',
      GetValuesTriggerTimeOffsetBulk64:
        'ps2000aGetValuesTriggerTimeOffsetBulk64 uint32 int16 pointer pointer uint32 uint32',
      RunStreaming: 'ps2000aRunStreaming uint32 int16 pointer int32 uint32 uint32 int16 uint32 int32 uint32',
      GetStreamingLatestValues: 'ps2000aGetStreamingLatestValues uint32 int16 callback pointer',
      SetSigGenBuiltIn:
        'ps2000aSetSigGenBuiltIn uint32 int16 int32 uint32 int16 float float float float int32 int32 uint32 uint32 int32 int32 int16',
      Stop: 'ps2000aStop uint32 int16',
      MaximumValue: 'ps2000aMaximumValue uint32 int16 pointer',
      GetAnalogueOffset: 'ps2000aGetAnalogueOffset uint32 int16 int32 int32 pointer pointer',
      GetMaxSegments: 'ps2000aGetMaxSegments uint32 int16 pointer',
      GetValuesOverlapped:
        'ps2000aGetValuesOverlapped uint32 int16 uint32 pointer uint32 int32 uint32 pointer',
      SigGenFrequencyToPhase: 'ps2000aSigGenFrequencyToPhase uint32 int16 double int32 uint32 pointer',
      SetSigGenArbitrary:
        'ps2000aSetSigGenArbitrary uint32 int16 int32 uint32 uint32 uint32 uint32 uint32 pointer int32 int32 int32 int32 uint32 uint32 int32 int32 int16',
      SetPulseWidthQualifier:
        'ps2000aSetPulseWidthQualifier uint32 int16 pointer int16 int32 uint32 uint32 int32',
      SetEts: 'ps2000aSetEts uint32 int16 int32 int16 int16 pointer',
      SetEtsTimeBuffer: 'ps2000aSetEtsTimeBuffer uint32 int16 pointer int32',
      GetMaxEtsValues: 'ps2000aGetMaxEtsValues uint32 int16 pointer pointer',
    },
  },
  '3000a': {
    callback: 'void int16 int32 uint32 int16 uint32 int16 int16 pointer',
    functions: {
      OpenUnit: 'ps3000aOpenUnit uint32 pointer pointer',
      EnumerateUnits: 'ps3000aEnumerateUnits uint32 pointer pointer pointer',
      GetUnitInfo: 'ps3000aGetUnitInfo uint32 int16 pointer int16 pointer uint32',
      CloseUnit: 'ps3000aCloseUnit uint32 int16',
      PingUnit: 'ps3000aPingUnit uint32 int16',
      FlashLed: 'ps3000aFlashLed uint32 int16 int16',
      SetChannel: 'ps3000aSetChannel uint32 int16 int32 int16 int32 int32 float',
      GetTimebase2: 'ps3000aGetTimebase2 uint32 int16 uint32 int32 pointer int16 pointer uint32',
      SetSimpleTrigger: 'ps3000aSetSimpleTrigger uint32 int16 int16 int32 int16 int32 uint32 int16',
      SetTriggerChannelProperties:
        'ps3000aSetTriggerChannelProperties uint32 int16 pointer int16 int16 int32',
      SetTriggerChannelConditions: 'ps3000aSetTriggerChannelConditions uint32 int16 pointer int16',
      SetTriggerChannelDirections:
        'ps3000aSetTriggerChannelDirections uint32 int16 int32 int32 int32 int32 int32 int32',
      SetTriggerDelay: 'ps3000aSetTriggerDelay uint32 int16 uint32',
      MemorySegments: 'ps3000aMemorySegments uint32 int16 uint32 pointer',
      SetNoOfCaptures: 'ps3000aSetNoOfCaptures uint32 int16 uint32',
      GetNoOfCaptures: 'ps3000aGetNoOfCaptures uint32 int16 pointer',
      SetDataBuffer: 'ps3000aSetDataBuffer uint32 int16 int32 pointer int32 uint32 int32',
      RunBlock: 'ps3000aRunBlock uint32 int16 int32 int32 uint32 int16 pointer uint32 pointer pointer',
      IsReady: 'ps3000aIsReady uint32 int16 pointer',
      GetValues: 'ps3000aGetValues uint32 int16 uint32 pointer uint32 int32 uint32 pointer',
      GetValuesBulk: 'ps3000aGetValuesBulk uint32 int16 pointer uint32 uint32 uint32 int32 pointer',
      GetValuesTriggerTimeOffsetBulk64:
        'ps3000aGetValuesTriggerTimeOffsetBulk64 uint32 int16 pointer pointer uint32 uint32',
      RunStreaming: 'ps3000aRunStreaming uint32 int16 pointer int32 uint32 uint32 int16 uint32 int32 uint32',
      GetStreamingLatestValues: 'ps3000aGetStreamingLatestValues uint32 int16 callback pointer',
      SetSigGenBuiltIn:
        'ps3000aSetSigGenBuiltIn uint32 int16 int32 uint32 int16 float float float float int32 int32 uint32 uint32 int32 int32 int16',
      Stop: 'ps3000aStop uint32 int16',
      MaximumValue: 'ps3000aMaximumValue uint32 int16 pointer',
      GetAnalogueOffset: 'ps3000aGetAnalogueOffset uint32 int16 int32 int32 pointer pointer',
      GetMaxSegments: 'ps3000aGetMaxSegments uint32 int16 pointer',
      GetValuesOverlapped:
        'ps3000aGetValuesOverlapped uint32 int16 uint32 pointer uint32 int32 uint32 pointer',
      SigGenFrequencyToPhase: 'ps3000aSigGenFrequencyToPhase uint32 int16 double int32 uint32 pointer',
      SetSigGenArbitrary:
        'ps3000aSetSigGenArbitrary uint32 int16 int32 uint32 uint32 uint32 uint32 uint32 pointer int32 int32 int32 int32 uint32 uint32 int32 int32 int16',
      SetPulseWidthQualifier:
        'ps3000aSetPulseWidthQualifier uint32 int16 pointer int16 int32 uint32 uint32 int32',
      SetEts: 'ps3000aSetEts uint32 int16 int32 int16 int16 pointer',
      SetEtsTimeBuffer: 'ps3000aSetEtsTimeBuffer uint32 int16 pointer int32',
      GetMaxEtsValues: 'ps3000aGetMaxEtsValues uint32 int16 pointer pointer',
      ChangePowerSource: 'ps3000aChangePowerSource uint32 int16 uint32',
      GetTriggerInfoBulk: 'ps3000aGetTriggerInfoBulk uint32 int16 pointer uint32 uint32',
    },
  },
  '4000a': {
    callback: 'void int16 int32 uint32 int16 uint32 int16 int16 pointer',
    functions: {
      OpenUnit: 'ps4000aOpenUnit uint32 pointer pointer',
      EnumerateUnits: 'ps4000aEnumerateUnits uint32 pointer pointer pointer',
      GetUnitInfo: 'ps4000aGetUnitInfo uint32 int16 pointer int16 pointer uint32',
      CloseUnit: 'ps4000aCloseUnit uint32 int16',
      PingUnit: 'ps4000aPingUnit uint32 int16',
      FlashLed: 'ps4000aFlashLed uint32 int16 int16',
      SetChannel: 'ps4000aSetChannel uint32 int16 int32 int16 int32 int32 float',
      GetTimebase2: 'ps4000aGetTimebase2 uint32 int16 uint32 int32 pointer pointer uint32',
      SetSimpleTrigger: 'ps4000aSetSimpleTrigger uint32 int16 int16 int32 int16 int32 uint32 int16',
      SetTriggerChannelProperties:
        'ps4000aSetTriggerChannelProperties uint32 int16 pointer int16 int16 int32',
      SetTriggerChannelConditions: 'ps4000aSetTriggerChannelConditions uint32 int16 pointer int16 int32',
      SetTriggerChannelDirections: 'ps4000aSetTriggerChannelDirections uint32 int16 pointer int16',
      SetTriggerDelay: 'ps4000aSetTriggerDelay uint32 int16 uint32',
      MemorySegments: 'ps4000aMemorySegments uint32 int16 uint32 pointer',
      SetNoOfCaptures: 'ps4000aSetNoOfCaptures uint32 int16 uint32',
      GetNoOfCaptures: 'ps4000aGetNoOfCaptures uint32 int16 pointer',
      SetDataBuffer: 'ps4000aSetDataBuffer uint32 int16 int32 pointer int32 uint32 int32',
      RunBlock: 'ps4000aRunBlock uint32 int16 int32 int32 uint32 pointer uint32 pointer pointer',
      IsReady: 'ps4000aIsReady uint32 int16 pointer',
      GetValues: 'ps4000aGetValues uint32 int16 uint32 pointer uint32 int32 uint32 pointer',
      GetValuesBulk: 'ps4000aGetValuesBulk uint32 int16 pointer uint32 uint32 uint32 int32 pointer',
      GetValuesTriggerTimeOffsetBulk64:
        'ps4000aGetValuesTriggerTimeOffsetBulk64 uint32 int16 pointer pointer uint32 uint32',
      RunStreaming: 'ps4000aRunStreaming uint32 int16 pointer int32 uint32 uint32 int16 uint32 int32 uint32',
      GetStreamingLatestValues: 'ps4000aGetStreamingLatestValues uint32 int16 callback pointer',
      SetSigGenBuiltIn:
        'ps4000aSetSigGenBuiltIn uint32 int16 int32 uint32 int32 double double double double int32 int32 uint32 uint32 int32 int32 int16',
      Stop: 'ps4000aStop uint32 int16',
      MaximumValue: 'ps4000aMaximumValue uint32 int16 pointer',
      GetAnalogueOffset: 'ps4000aGetAnalogueOffset uint32 int16 int32 int32 pointer pointer',
      GetMaxSegments: 'ps4000aGetMaxSegments uint32 int16 pointer',
      GetValuesOverlapped:
        'ps4000aGetValuesOverlapped uint32 int16 uint32 pointer uint32 int32 uint32 pointer',
      SigGenFrequencyToPhase: 'ps4000aSigGenFrequencyToPhase uint32 int16 double int32 uint32 pointer',
      SetSigGenArbitrary:
        'ps4000aSetSigGenArbitrary uint32 int16 int32 uint32 uint32 uint32 uint32 uint32 pointer int32 int32 int32 int32 uint32 uint32 int32 int32 int16',
      SetPulseWidthQualifierProperties:
        'ps4000aSetPulseWidthQualifierProperties uint32 int16 int32 uint32 uint32 int32',
      SetPulseWidthQualifierConditions:
        'ps4000aSetPulseWidthQualifierConditions uint32 int16 pointer int16 int32',
      ChangePowerSource: 'ps4000aChangePowerSource uint32 int16 uint32',
    },
  },
} as const;
